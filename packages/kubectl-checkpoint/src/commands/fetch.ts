import { archiveFlags } from '../flags/archive.ts'
import { connectionFlags } from '../flags/connection.ts'
import type { FlagValues } from '../flags/flag.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import { text } from '../flags/text.ts'
import { defineCommand } from './command.ts'

const flags = {
  to: {
    group: 'Fetching:',
    ...text,
    default: '.',
    describe: 'Folder to put the archives into (default: the current one)',
  },
  ...archiveFlags,
  ...readerFlags,
  ...connectionFlags,
  ...outputFlags,
} as const
export type FetchFlags = FlagValues<typeof flags> & { readonly archives: readonly string[] }

/** `kubectl checkpoint fetch ARCHIVE…` */
export const fetchCommand = defineCommand({
  name: 'fetch',
  describe: 'Bring archives from their nodes to this machine',
  positionals: {
    archives: {
      required: true,
      many: true,
      describe: 'NODE:FILE, or POD/CONTAINER for its newest archive',
    },
  },
  flags,
  examples: [
    ['Bring an archive here', '$0 fetch node-a:checkpoint-web-0_shop-app-2026-11-23T10:00:00Z.tar'],
    ["The newest archive of a pod's container, into a folder", '$0 fetch web-0/app -n shop --to ./archives'],
  ],
  async run(args, io) {
    const { runFetch } = await import('./runs.ts')
    return runFetch(args, io)
  },
})
