import { parseCriuLog } from './criu-log.ts'
import { dumpRefusals } from './dump-refusals/index.ts'
import { type CriuCause, causeOf } from './explain-criu-log.ts'

/** Something that CRIU will decline, known before it does. */
export interface DumpRefusal extends CriuCause {
  /** Lines of CRIU's configuration that have it accepted; none if nothing does. */
  readonly criuOptions: readonly string[]
}

/** What the catalogue says of a reason for which CRIU declines a dump, by its id. */
export function findDumpRefusal(id: string): DumpRefusal | undefined {
  const refusal = dumpRefusals.find((entry) => entry.id === id)
  if (!refusal) return undefined
  const { details: _, ...known } = refusal
  return { ...causeOf(known, parseCriuLog('')), criuOptions: refusal.criuOptions ?? [] }
}
