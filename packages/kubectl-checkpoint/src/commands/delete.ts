import type { InferredOptionTypes } from 'yargs'
import { archiveSelectionFlags } from '../flags/archive-selection.ts'
import { connectionFlags } from '../flags/connection.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import { deletionFlags, removalFlags } from '../flags/retention.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runDelete } from './run-delete.ts'

const flags = {
  ...removalFlags,
  ...deletionFlags,
  ...archiveSelectionFlags,
  ...readerFlags,
  ...connectionFlags,
  ...outputFlags,
} as const
export type DeleteFlags = InferredOptionTypes<typeof flags> & { archives: string[] | undefined }

const examples: readonly Example[] = [
  ['Delete an archive', '$0 delete node-a:checkpoint-web-0_shop-app-2026-11-23T10:00:00Z.tar'],
  ['See all archives of a container that would be deleted', '$0 delete web-0/app -n shop --dry-run'],
  ['Delete all archives of a namespace without being asked', '$0 delete --all -n shop --yes'],
]

/** `kubectl checkpoint delete ARCHIVE…` */
export const addDeleteCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'delete [archives..]',
    'Delete archives on their nodes, after a list and a question; pinned ones stay',
    (command) => {
      illustrate(examples)
      return command
        .positional('archives', {
          type: 'string',
          array: true,
          describe: 'NODE:FILE, or POD/CONTAINER for all of its archives',
        })
        .options(flags)
    },
    (parsed) => start((io) => runDelete(parsed, io)),
  )
