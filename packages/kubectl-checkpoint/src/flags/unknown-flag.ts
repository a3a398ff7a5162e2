import { UsageError } from '../usage-error.ts'
import type { FlagTable } from './flag-table.ts'
import { suggest } from './suggest.ts'

/** Refuses `flag`, which is written with its dashes, and says which one was meant, else where all are listed. */
export function unknownFlag(flag: string, { byName }: FlagTable, help: string): UsageError {
  const name = flag.replace(/^-+/, '')
  const meant = byName.has(name) ? name : suggest(name, [...byName.keys()])
  return new UsageError(
    `unknown flag ${flag}`,
    meant === undefined ? help : `Did you mean --${meant}? ${help}`,
  )
}
