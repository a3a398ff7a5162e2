import type { InferredOptionTypes } from 'yargs'
import { readArchiveFlags } from '../flags/archive.ts'
import { connectionFlags } from '../flags/connection.ts'
import { archiveArgument, findFilesFlags } from '../flags/files.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runFilesFind } from './run-files-find.ts'

const flags = {
  ...findFilesFlags,
  ...readArchiveFlags,
  ...readerFlags,
  ...connectionFlags,
  ...outputFlags,
} as const
export type FilesFindFlags = InferredOptionTypes<typeof flags> & {
  archive: string
  path?: string | undefined
}

const examples: readonly Example[] = [
  ['Scripts that were added or changed', "$0 files find ./checkpoint.tar --name '*.sh' --change changed"],
  ['Files that were deleted while in use, and more', '$0 files find ./checkpoint.tar --change deleted'],
  [
    'Files with a text in them; the memory of processes is not searched',
    '$0 files find ./checkpoint.tar --contains stratum+tcp://',
  ],
]

/** `kubectl checkpoint files find ARCHIVE [PATH]` */
export const addFilesFindCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'find <archive> [path]',
    'Find files in an archive by name, kind, change, size, time and content',
    (command) => {
      illustrate(examples)
      return command
        .positional('archive', archiveArgument)
        .positional('path', { type: 'string', describe: 'Where to look (default: everywhere)' })
        .options(flags)
    },
    (parsed) => start((io) => runFilesFind(parsed, io)),
  )
