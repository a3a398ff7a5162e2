import type { InferredOptionTypes } from 'yargs'
import { archiveSelectionFlags } from '../flags/archive-selection.ts'
import { connectionFlags } from '../flags/connection.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import { sortFlags } from '../flags/sort-by.ts'
import { watchFlags } from '../flags/watch.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runGet } from './run-get.ts'
import { runGetWatch } from './run-get-watch.ts'

const flags = {
  ...archiveSelectionFlags,
  ...readerFlags,
  ...connectionFlags,
  ...outputFlags,
  ...sortFlags,
  ...watchFlags,
} as const
export type GetFlags = InferredOptionTypes<typeof flags> & { targets?: string[] | undefined }

const examples: readonly Example[] = [
  ['Archives of this namespace, on all nodes', '$0 get'],
  ['Of all namespaces, with the names that other commands take', '$0 get -A -o wide'],
  ['Of all pods that a deployment has or had', '$0 get deployment/web -n shop'],
  ['The largest on a node', '$0 get -A --node node-a --sort-by size'],
  ['What comes and goes', '$0 get -A --watch'],
  ['Look into all archives of a pod', '$0 inspect $($0 get web-0 -o name)'],
]

/** `kubectl checkpoint get [TARGET…]` */
export const addGetCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    ['get [targets..]', 'ls'],
    'List the archives on nodes',
    (command) => {
      illustrate(examples)
      return command
        .positional('targets', {
          type: 'string',
          array: true,
          describe: 'POD, POD/CONTAINER or TYPE/NAME, also of pods that are gone; node/NODE',
        })
        .options(flags)
    },
    (parsed) => start((io) => (parsed.watch ? runGetWatch : runGet)(parsed, io)),
  )
