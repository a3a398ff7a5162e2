import type { InferredOptionTypes } from 'yargs'
import { archiveFlags } from '../flags/archive.ts'
import { connectionFlags } from '../flags/connection.ts'
import { imageFlags, imageTargetFlags, openRegistryFlags } from '../flags/image.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import { registryFlags } from '../flags/registry.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runBuild } from './run-build.ts'

const flags = {
  ...imageTargetFlags,
  ...imageFlags,
  ...openRegistryFlags,
  ...archiveFlags,
  ...registryFlags,
  ...readerFlags,
  ...connectionFlags,
  ...outputFlags,
} as const
export type BuildFlags = InferredOptionTypes<typeof flags> & { archive: string }

const examples: readonly Example[] = [
  ['As a file, to be carried elsewhere', '$0 build ./checkpoint.tar -t oci-archive:./web.tar:warm'],
  ['As a folder, compressed, from the node', '$0 build web-0/app -t oci:./images:warm --compress zstd'],
]

/** `kubectl checkpoint build ARCHIVE -t REF` */
export const addBuildCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'build <archive>',
    'Make an image of an archive, that nodes can restore',
    (command) => {
      illustrate(examples)
      return command
        .positional('archive', {
          type: 'string',
          demandOption: true,
          describe: 'A local file, NODE:FILE, POD/CONTAINER for its newest archive, or oci://IMAGE',
        })
        .options(flags)
    },
    (parsed) => start((io) => runBuild(parsed, io)),
  )
