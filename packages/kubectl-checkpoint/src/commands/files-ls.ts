import type { InferredOptionTypes } from 'yargs'
import { readArchiveFlags } from '../flags/archive.ts'
import { connectionFlags } from '../flags/connection.ts'
import { archiveArgument, listFilesFlags } from '../flags/files.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runFilesLs } from './run-files-ls.ts'

const flags = {
  ...listFilesFlags,
  ...readArchiveFlags,
  ...readerFlags,
  ...connectionFlags,
  ...outputFlags,
} as const
export type FilesLsFlags = InferredOptionTypes<typeof flags> & { archive: string; path?: string | undefined }

const examples: readonly Example[] = [
  ['What is at the top: folders of the container, and files without a path', '$0 files ls ./checkpoint.tar'],
  ['A folder', '$0 files ls ./checkpoint.tar /tmp'],
  ['Everything, with the part of the archive it is from', '$0 files ls -R ./checkpoint.tar -o wide'],
]

/** `kubectl checkpoint files ls ARCHIVE [PATH]` */
export const addFilesLsCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'ls <archive> [path]',
    'List the files in an archive',
    (command) => {
      illustrate(examples)
      return command
        .positional('archive', archiveArgument)
        .positional('path', { type: 'string', describe: 'A folder or file of the container (default: /)' })
        .options(flags)
    },
    (parsed) => start((io) => runFilesLs(parsed, io)),
  )
