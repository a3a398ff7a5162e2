import { UsageError } from '../usage-error.ts'
import { longFlags } from './all-flags.ts'
import { suggest } from './suggest.ts'

/** Refuses `flag`, which is written with its dashes, and says which one was meant, else where all are listed. */
export function unknownFlag(flag: string, help: string): UsageError {
  const name = flag.replace(/^-+/, '')
  if (impossible.has(name)) {
    return new UsageError(
      `there is no ${flag}: without a part of what was in memory, an image cannot be restored`,
      'Keep it in a registry that only those can read who may know what is in it.',
    )
  }
  const meant = longFlags.has(name) ? name : suggest(name, [...longFlags.keys()])
  return new UsageError(
    `unknown flag ${flag}`,
    meant === undefined ? help : `Did you mean --${meant}? ${help}`,
  )
}

/** What one may well wish for. */
const impossible: ReadonlySet<string> = new Set(['no-memory', 'redact'])
