import type { InferredOptionTypes } from 'yargs'
import { connectionFlags } from '../flags/connection.ts'
import { destinationFlags } from '../flags/fetch.ts'
import { outputFlags } from '../flags/output.ts'
import { registryFlags } from '../flags/registry.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runPull } from './run-pull.ts'

const flags = { ...destinationFlags, ...registryFlags, ...connectionFlags, ...outputFlags } as const
export type PullFlags = InferredOptionTypes<typeof flags> & { image: string }

const examples: readonly Example[] = [
  ['As ./web-warm.tar', '$0 pull oci://registry.example/shop/web:warm'],
  ['Into a folder', '$0 pull oci://registry.example/shop/web:warm --to ./archives'],
]

/** `kubectl checkpoint pull oci://IMAGE` */
export const addPullCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'pull <image>',
    'Bring the archive in an image from its registry to this machine',
    (command) => {
      illustrate(examples)
      return command
        .positional('image', {
          type: 'string',
          demandOption: true,
          describe: 'oci://REGISTRY/REPOSITORY:TAG, or with @DIGEST',
        })
        .options(flags)
    },
    (parsed) => start((io) => runPull(parsed, io)),
  )
