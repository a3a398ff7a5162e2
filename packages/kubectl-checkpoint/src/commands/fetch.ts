import type { InferredOptionTypes } from 'yargs'
import { archiveSelectionFlags } from '../flags/archive-selection.ts'
import { connectionFlags } from '../flags/connection.ts'
import { fetchFlags } from '../flags/fetch.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runFetch } from './run-fetch.ts'

const flags = {
  ...archiveSelectionFlags,
  ...fetchFlags,
  ...readerFlags,
  ...connectionFlags,
  ...outputFlags,
} as const
export type FetchFlags = InferredOptionTypes<typeof flags> & { archives?: string[] | undefined }

const examples: readonly Example[] = [
  ['Bring an archive here', '$0 fetch node-a:checkpoint-web-0_shop-app-2026-11-23T10:00:00Z.tar'],
  ["The newest archive of a pod's container, into a folder", '$0 fetch web-0/app -n shop --to ./archives'],
  ['The newest of each container of these pods', '$0 fetch -l app=web -n shop'],
  ['All archives on a node', '$0 fetch --all -A --node node-a'],
]

/** `kubectl checkpoint fetch [ARCHIVE…]` */
export const addFetchCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'fetch [archives..]',
    'Bring archives from their nodes to this machine',
    (command) => {
      illustrate(examples)
      return command
        .positional('archives', {
          type: 'string',
          array: true,
          describe: 'NODE:FILE, or POD/CONTAINER for its newest archive',
        })
        .options(flags)
    },
    (parsed) => start((io) => runFetch(parsed, io)),
  )
