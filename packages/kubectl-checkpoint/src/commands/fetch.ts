import type { InferredOptionTypes } from 'yargs'
import { archiveFlags } from '../flags/archive.ts'
import { connectionFlags } from '../flags/connection.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import { text } from '../flags/text.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runFetch } from './run-fetch.ts'

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
export type FetchFlags = InferredOptionTypes<typeof flags> & { archives: string[] }

const examples: readonly Example[] = [
  ['Bring an archive here', '$0 fetch node-a:checkpoint-web-0_shop-app-2026-11-23T10:00:00Z.tar'],
  ["The newest archive of a pod's container, into a folder", '$0 fetch web-0/app -n shop --to ./archives'],
]

/** `kubectl checkpoint fetch ARCHIVE…` */
export const addFetchCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'fetch <archives..>',
    'Bring archives from their nodes to this machine',
    (command) => {
      illustrate(examples)
      return command
        .positional('archives', {
          type: 'string',
          array: true,
          demandOption: true,
          describe: 'NODE:FILE, or POD/CONTAINER for its newest archive',
        })
        .options(flags)
    },
    (parsed) => start((io) => runFetch(parsed, io)),
  )
