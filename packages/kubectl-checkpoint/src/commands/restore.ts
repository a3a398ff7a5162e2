import type { InferredOptionTypes } from 'yargs'
import { connectionFlags } from '../flags/connection.ts'
import { outputFlags } from '../flags/output.ts'
import { registryFlags } from '../flags/registry.ts'
import { restoreFlags } from '../flags/restore.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runRestore } from './run-restore.ts'

const flags = {
  ...restoreFlags,
  ...registryFlags,
  ...connectionFlags,
  ...outputFlags,
} as const
export type RestoreFlags = InferredOptionTypes<typeof flags> & { image: string }

const examples: readonly Example[] = [
  [
    'Go on where a container stopped, on another node',
    '$0 restore oci://registry.example/shop/web:warm --node node-b',
  ],
  [
    'See before what would be made, and what speaks against it',
    '$0 restore oci://registry.example/shop/web:warm --dry-run=client -o yaml',
  ],
]

/** `kubectl checkpoint restore oci://IMAGE` */
export const addRestoreCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'restore <image>',
    'Start a pod that goes on where a checkpointed container stopped',
    (command) => {
      illustrate(examples)
      return command
        .positional('image', {
          type: 'string',
          demandOption: true,
          describe: 'oci://IMAGE, as push makes it and nodes can pull it',
        })
        .options(flags)
    },
    (parsed) => start((io) => runRestore(parsed, io)),
  )
