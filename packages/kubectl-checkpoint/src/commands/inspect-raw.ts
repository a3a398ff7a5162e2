import type { InferredOptionTypes } from 'yargs'
import { readArchiveFlags } from '../flags/archive.ts'
import { connectionFlags } from '../flags/connection.ts'
import { outputFlags } from '../flags/output.ts'
import { rawFlags } from '../flags/raw.ts'
import { readerFlags } from '../flags/reader.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runInspectRaw } from './run-inspect-raw.ts'

const flags = {
  ...rawFlags,
  ...readArchiveFlags,
  ...readerFlags,
  ...connectionFlags,
  output: {
    ...outputFlags.output,
    describe: 'json (as `crit decode`), yaml or jsonpath=TEMPLATE of it (default: as `crit show`)',
  },
} as const
export type InspectRawFlags = InferredOptionTypes<typeof flags> & { images: string[] }

const examples: readonly Example[] = [
  ['A loose image', '$0 inspect raw ./pstree.img'],
  ['Images in an archive, wherever it lies', '$0 inspect raw ./checkpoint.tar core-1 mm-1'],
  ['Which pipes hold how much, without it', '$0 inspect raw ./pipes-data.img --no-payload'],
]

/** `kubectl checkpoint inspect raw [ARCHIVE] IMAGE…`, inside `inspect` */
export const addInspectRawCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'raw <images..>',
    "Print CRIU's images as JSON, as CRIU's own tool does; also what that fails on: unknown numbers stay numbers",
    (command) => {
      illustrate(examples)
      return command
        .positional('images', {
          type: 'string',
          array: true,
          demandOption: true,
          describe: 'Files that end in .img, or an archive and names of images in it',
        })
        .options(flags)
    },
    (parsed) => start((io) => runInspectRaw(parsed, io)),
  )
