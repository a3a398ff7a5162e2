import type { Options } from 'yargs'
import { readArchiveFlags } from './archive.ts'
import { archiveSelectionFlags } from './archive-selection.ts'
import { captureFlags } from './capture.ts'
import { connectionFlags } from './connection.ts'
import { differenceFlags } from './difference.ts'
import { doctorFlags } from './doctor.ts'
import { fetchFlags } from './fetch.ts'
import { extractFilesFlags, findFilesFlags, listFilesFlags } from './files.ts'
import { imageFlags, imageTargetFlags, openRegistryFlags } from './image.ts'
import { migrateFlags } from './migrate.ts'
import { outputFlags } from './output.ts'
import { rawFlags } from './raw.ts'
import { readerFlags } from './reader.ts'
import { restoreFlags } from './restore.ts'
import { deletionFlags, pinFlags, pruneFlags, removalFlags } from './retention.ts'
import { rolesFlags } from './roles.ts'
import { sectionFlags } from './sections.ts'
import { sortFlags } from './sort-by.ts'
import { targetFlags } from './targets.ts'
import { watchFlags } from './watch.ts'

const flags: Readonly<Record<string, Options>> = {
  ...readArchiveFlags,
  ...archiveSelectionFlags,
  ...sortFlags,
  ...watchFlags,
  ...targetFlags,
  ...captureFlags,
  ...doctorFlags,
  ...fetchFlags,
  ...sectionFlags,
  ...differenceFlags,
  ...rawFlags,
  ...imageFlags,
  ...imageTargetFlags,
  ...openRegistryFlags,
  ...restoreFlags,
  ...migrateFlags,
  ...listFilesFlags,
  ...findFilesFlags,
  ...extractFilesFlags,
  ...rolesFlags,
  ...removalFlags,
  ...deletionFlags,
  ...pruneFlags,
  ...pinFlags,
  ...readerFlags,
  ...connectionFlags,
  ...outputFlags,
  help: { alias: 'h', type: 'boolean' },
}

/** What is known of a flag before it is known whose flag it is. */
export interface Flag {
  readonly isBoolean: boolean
}

const entries = Object.entries(flags).map(([name, { alias, type }]) => ({
  name,
  letter: `${alias ?? ''}`,
  flag: { isBoolean: type === 'boolean' } satisfies Flag,
}))

/** The flags of all commands, by their names. */
export const longFlags: ReadonlyMap<string, Flag> = new Map(entries.map(({ name, flag }) => [name, flag]))

/** Those that have a letter, by it. */
export const shortFlags: ReadonlyMap<string, Flag> = new Map(
  entries.filter(({ letter }) => letter !== '').map(({ letter, flag }) => [letter, flag]),
)

/** Flags that are on or off elsewhere, and take a word in these commands. */
export const wordFlags: Readonly<Record<string, ReadonlySet<string>>> = { restore: new Set(['dry-run']) }
