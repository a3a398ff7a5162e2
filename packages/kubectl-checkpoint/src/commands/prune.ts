import type { InferredOptionTypes } from 'yargs'
import { archiveSelectionFlags } from '../flags/archive-selection.ts'
import { connectionFlags } from '../flags/connection.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import { pruneFlags, removalFlags } from '../flags/retention.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runPrune } from './run-prune.ts'

const flags = {
  ...pruneFlags,
  ...removalFlags,
  ...archiveSelectionFlags,
  ...readerFlags,
  ...connectionFlags,
  ...outputFlags,
} as const
export type PruneCommandFlags = InferredOptionTypes<typeof flags> & { targets: string[] | undefined }

const examples: readonly Example[] = [
  ['Delete all but the three newest archives of each container', '$0 prune --keep 3 -n shop'],
  [
    'See which archives older than a week would be deleted, the newest of each pod excepted',
    '$0 prune --older-than 7d --keep 1 --per pod -A --dry-run',
  ],
  ['Leave no more than 10 GiB of archives on each node', '$0 prune --max-size 10Gi --per node -A --yes'],
]

/** `kubectl checkpoint prune` */
export const addPruneCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'prune [targets..]',
    'Delete archives by number, age and size, after a list and a question; pinned ones stay',
    (command) => {
      illustrate(examples)
      return command
        .positional('targets', {
          type: 'string',
          array: true,
          describe: 'POD, POD/CONTAINER or TYPE/NAME; without, all of the namespace',
        })
        .options(flags)
    },
    (parsed) => start((io) => runPrune(parsed, io)),
  )
