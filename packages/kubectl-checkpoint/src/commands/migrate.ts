import type { InferredOptionTypes } from 'yargs'
import { connectionFlags } from '../flags/connection.ts'
import { openRegistryFlags } from '../flags/image.ts'
import { migrateFlags } from '../flags/migrate.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import { registryFlags } from '../flags/registry.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runMigrate } from './run-migrate.ts'

const flags = {
  ...migrateFlags,
  ...openRegistryFlags,
  ...registryFlags,
  ...readerFlags,
  ...connectionFlags,
  ...outputFlags,
} as const
export type MigrateFlags = InferredOptionTypes<typeof flags> & { target: string }

const examples: readonly Example[] = [
  ['Go on with a pod on another node', '$0 migrate web-0 --to node-b -r oci://registry.example/moved'],
  [
    'See what would become of the pods of a node',
    '$0 migrate node/node-a -r oci://registry.example/moved --dry-run',
  ],
  [
    'Empty a node before it is updated, two pods at a time',
    '$0 migrate node/node-a -r oci://registry.example/moved --parallel 2',
  ],
]

/** `kubectl checkpoint migrate POD --to NODE` */
export const addMigrateCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'migrate <target>',
    'Have pods go on on another node, and remove the old ones once the new ones are ready',
    (command) => {
      illustrate(examples)
      return command
        .positional('target', {
          type: 'string',
          demandOption: true,
          describe: 'POD, POD/CONTAINER, TYPE/NAME, or node/NODE for all of its pods',
        })
        .options(flags)
    },
    (parsed) => start((io) => runMigrate(parsed, io)),
  )
