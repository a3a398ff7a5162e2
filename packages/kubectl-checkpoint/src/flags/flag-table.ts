import type { Flag, Flags } from './flag.ts'

/** The flags of all commands: words are told from values before it is known which command they are for. */
export interface FlagTable {
  readonly byName: ReadonlyMap<string, Flag>
  /** The names of those that have a letter. */
  readonly byLetter: ReadonlyMap<string, string>
}

export function buildFlagTable(declared: readonly Flags[]): FlagTable {
  const entries = declared.flatMap((flags) => Object.entries(flags))
  return {
    byName: new Map(entries),
    byLetter: new Map(
      entries.flatMap(([name, { alias }]) => (alias === undefined ? [] : [[alias, name] as const])),
    ),
  }
}
