import type { CriuLog } from './criu-log.ts'

/** One reason for which CRIU declines, as an entry of a catalogue. */
export interface Refusal {
  /** Stable, in kebab case: `tcp-established`. */
  readonly id: string
  /** Matches the text of an error line, without time and source position. */
  readonly match: RegExp
  /** What stands in the way: a sentence. */
  readonly meaning: string
  /** The user's next step. */
  readonly hint: string
  /** Lines of CRIU's configuration file that make it accept what stands in the way. */
  readonly criuOptions?: readonly string[]
  /** What else the log tells about this case: whole sentences. */
  readonly details?: (log: CriuLog) => string
  /** Where CRIU 4.2.1 prints the text. */
  readonly source: string
}
