import type { InferredOptionTypes } from 'yargs'
import { readArchiveFlags } from '../flags/archive.ts'
import { connectionFlags } from '../flags/connection.ts'
import { archiveArgument, extractFilesFlags } from '../flags/files.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runFilesExtract } from './run-files-extract.ts'

const flags = {
  ...extractFilesFlags,
  ...readArchiveFlags,
  ...readerFlags,
  ...connectionFlags,
  ...outputFlags,
} as const
export type FilesExtractFlags = InferredOptionTypes<typeof flags> & {
  archive: string
  paths?: string[] | undefined
}

const examples: readonly Example[] = [
  ['Everything', '$0 files extract ./checkpoint.tar --to ./evidence'],
  ['A folder and a memfd', '$0 files extract ./checkpoint.tar /data memfd:payload --to ./evidence'],
]

/** `kubectl checkpoint files extract ARCHIVE [PATH…] --to DIR` */
export const addFilesExtractCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'extract <archive> [paths..]',
    'Write files in an archive to a folder, and never out of it',
    (command) => {
      illustrate(examples)
      return command
        .positional('archive', archiveArgument)
        .positional('paths', {
          type: 'string',
          array: true,
          describe: 'Files and folders of the container (default: all)',
        })
        .options(flags)
    },
    (parsed) => start((io) => runFilesExtract(parsed, io)),
  )
