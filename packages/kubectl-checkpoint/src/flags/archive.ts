import type { Options } from 'yargs'
import { text } from './text.ts'

/** Which archive is meant. */
export const archiveFlags = {
  container: {
    group: 'Archive:',
    alias: 'c',
    ...text,
    describe: 'Container of an archive that is named by its pod',
  },
} as const satisfies Record<string, Options>
