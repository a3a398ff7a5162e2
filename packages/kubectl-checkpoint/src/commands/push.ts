import type { InferredOptionTypes } from 'yargs'
import { archiveFlags } from '../flags/archive.ts'
import { connectionFlags } from '../flags/connection.ts'
import { imageFlags, openRegistryFlags } from '../flags/image.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import { registryFlags } from '../flags/registry.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runPush } from './run-push.ts'

const flags = {
  ...imageFlags,
  ...openRegistryFlags,
  ...archiveFlags,
  ...registryFlags,
  ...readerFlags,
  ...connectionFlags,
  ...outputFlags,
} as const
export type PushFlags = InferredOptionTypes<typeof flags> & { archive: string; image: string }

const examples: readonly Example[] = [
  ['An archive that lies here', '$0 push ./checkpoint.tar oci://registry.example/shop/web:warm'],
  [
    "The newest archive of a pod's container, from its node",
    '$0 push web-0/app oci://registry.example/shop/web:warm',
  ],
  ['Look into it there', '$0 inspect oci://registry.example/shop/web:warm'],
]

/** `kubectl checkpoint push ARCHIVE oci://IMAGE` */
export const addPushCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'push <archive> <image>',
    'Put an archive into a registry, as an image that nodes can restore',
    (command) => {
      illustrate(examples)
      return command
        .positional('archive', {
          type: 'string',
          demandOption: true,
          describe: 'A local file, NODE:FILE, POD/CONTAINER for its newest archive, or oci://IMAGE',
        })
        .positional('image', {
          type: 'string',
          demandOption: true,
          describe: 'oci://REGISTRY/REPOSITORY:TAG',
        })
        .options(flags)
    },
    (parsed) => start((io) => runPush(parsed, io)),
  )
