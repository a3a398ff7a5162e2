import type { InferredOptionTypes } from 'yargs'
import { readArchiveFlags } from '../flags/archive.ts'
import { connectionFlags } from '../flags/connection.ts'
import { archiveArgument } from '../flags/files.ts'
import { readerFlags } from '../flags/reader.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runFilesCat } from './run-files-cat.ts'

const flags = { ...readArchiveFlags, ...readerFlags, ...connectionFlags } as const
export type FilesCatFlags = InferredOptionTypes<typeof flags> & { archive: string; path: string }

const examples: readonly Example[] = [
  ['A file that the container changed', '$0 files cat ./checkpoint.tar /etc/passwd'],
  ['A program that was only ever in memory', '$0 files cat ./checkpoint.tar memfd:payload > payload'],
]

/** `kubectl checkpoint files cat ARCHIVE PATH` */
export const addFilesCatCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'cat <archive> <path>',
    'Print the content of a file in an archive',
    (command) => {
      illustrate(examples)
      return command
        .positional('archive', archiveArgument)
        .positional('path', {
          type: 'string',
          demandOption: true,
          describe: 'A file of the container, as `files ls` shows it',
        })
        .options(flags)
    },
    (parsed) => start((io) => runFilesCat(parsed, io)),
  )
