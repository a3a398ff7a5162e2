import type { InferredOptionTypes } from 'yargs'
import { archiveFlags } from '../flags/archive.ts'
import { connectionFlags } from '../flags/connection.ts'
import { openRegistryFlags } from '../flags/image.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import { registryFlags } from '../flags/registry.ts'
import { restoreFlags } from '../flags/restore.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runRestore } from './run-restore.ts'

const flags = {
  ...openRegistryFlags,
  ...archiveFlags,
  ...registryFlags,
  ...readerFlags,
  ...connectionFlags,
  // Behind those of the connection, of which it takes --as.
  ...restoreFlags,
  ...outputFlags,
} as const
export type RestoreFlags = InferredOptionTypes<typeof flags> & { archive: string }

const examples: readonly Example[] = [
  [
    'Go on where a container stopped, on another node',
    '$0 restore oci://registry.example/shop/web:warm --node node-b',
  ],
  [
    "From the newest archive of a pod's container, as a deployment",
    '$0 restore web-0/app -t oci://registry.example/shop/web:warm --as deployment',
  ],
  [
    'See before what would be made, and what speaks against it',
    '$0 restore oci://registry.example/shop/web:warm --dry-run=client -o yaml',
  ],
]

/** `kubectl checkpoint restore ARCHIVE` */
export const addRestoreCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'restore <archive>',
    'Start a pod that goes on where a checkpointed container stopped',
    (command) => {
      illustrate(examples)
      return command
        .positional('archive', {
          type: 'string',
          demandOption: true,
          describe: 'oci://IMAGE, as nodes can pull it; with --tag, any other archive',
        })
        .options(flags)
    },
    (parsed) => start((io) => runRestore(parsed, io)),
  )
