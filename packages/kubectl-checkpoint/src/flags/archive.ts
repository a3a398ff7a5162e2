import type { Options } from 'yargs'
import { registryFlags } from './registry.ts'
import { text } from './text.ts'

const group = 'Archive:'

/** Which archive is meant. */
export const archiveFlags = {
  container: {
    group,
    alias: 'c',
    ...text,
    describe: 'Container of an archive that is named by its pod',
  },
} as const satisfies Record<string, Options>

/** For commands that look into archives. */
export const readArchiveFlags = {
  ...archiveFlags,
  ...registryFlags,
  'keep-spool': {
    group,
    type: 'boolean',
    describe: 'Leave what was decompressed in the cache, for the next look at the same archive',
  },
} as const satisfies Record<string, Options>
