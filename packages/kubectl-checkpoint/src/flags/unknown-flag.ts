import { UsageError } from '../usage-error.ts'
import { longFlags } from './all-flags.ts'
import { suggest } from './suggest.ts'

/** Refuses `flag`, which is written with its dashes, and says which one was meant, else where all are listed. */
export function unknownFlag(flag: string, help: string): UsageError {
  const name = flag.replace(/^-+/, '')
  const meant = longFlags.has(name) ? name : suggest(name, [...longFlags.keys()])
  return new UsageError(
    `unknown flag ${flag}`,
    meant === undefined ? help : `Did you mean --${meant}? ${help}`,
  )
}
