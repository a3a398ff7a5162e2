import type { Fix } from '../errors.ts'
import { type CriuLog, parseCriuLog } from './criu-log.ts'
import { dumpRefusals } from './dump-refusals/index.ts'
import type { Refusal } from './refusal.ts'

/** Something that made CRIU, or the runtime around it, fail. */
export interface CriuCause {
  /** Of the catalogue's entry: `tcp-established`. */
  readonly id: string
  readonly meaning: string
  readonly hint: string
  readonly fix?: Fix
}

export interface CriuExplanation {
  /** In the order in which the log shows them; usually one. */
  readonly causes: readonly CriuCause[]
  /** Error lines that the catalogue does not know, as they stand in the log. */
  readonly unexplained: readonly string[]
  /** The first of all error lines that say something, as they stand in the log. */
  readonly lines: readonly string[]
}

/** Says why a dump failed, out of CRIU's log of it. */
export const explainCriuLog = (text: string): CriuExplanation =>
  explainErrors(parseCriuLog(text), dumpRefusals)

/** The first errors lead to the others, and a container can make CRIU log as many as it likes. */
const mostQuoted = 20

/** Looks the errors of a log up in a catalogue. */
export function explainErrors(log: CriuLog, catalogue: readonly Refusal[]): CriuExplanation {
  const refusals = new Set<Refusal>()
  const unexplained: string[] = []
  for (const error of log.errors) {
    const refusal = catalogue.find(({ match }) => match.test(error.text))
    if (refusal) refusals.add(refusal)
    else unexplained.push(error.line)
  }
  return {
    causes: Array.from(refusals, (refusal) => causeOf(refusal, log)),
    unexplained,
    lines: log.errors.slice(0, mostQuoted).map(({ line }) => line),
  }
}

export function causeOf(refusal: Refusal, log: CriuLog): CriuCause {
  const { id, meaning, hint, criuOptions, details } = refusal
  return {
    id,
    meaning: details ? `${meaning} ${details(log)}` : meaning,
    hint,
    ...(criuOptions && { fix: criuConfigurationFix(criuOptions, log.configurationFile) }),
  }
}

function criuConfigurationFix(options: readonly string[], path: string): Fix {
  return {
    nodeFile: {
      path,
      content: `${options.join('\n')}\n`,
      afterwards: 'CRIU reads the file at each checkpoint: nothing has to be restarted.',
    },
  }
}
