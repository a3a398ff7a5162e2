import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { addFilesCatCommand } from './files-cat.ts'
import { addFilesExtractCommand } from './files-extract.ts'
import { addFilesFindCommand } from './files-find.ts'
import { addFilesLsCommand } from './files-ls.ts'

const examples: readonly Example[] = [
  ['What changed since the image, and what only memory had', '$0 files ls -R ./checkpoint.tar'],
  ['A deleted file that a process still had open', '$0 files cat ./checkpoint.tar /tmp/gone'],
  ['Into a folder of your own', '$0 files extract ./checkpoint.tar /tmp --to ./evidence'],
]

/** `kubectl checkpoint files …` */
export const addFilesCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'files',
    'List, print, find and extract the files in an archive: changed ones, volumes, deleted ones, memfds',
    (command) => {
      illustrate(examples)
      for (const add of [
        addFilesLsCommand,
        addFilesCatCommand,
        addFilesFindCommand,
        addFilesExtractCommand,
      ]) {
        add(command, start, illustrate)
      }
      return command.demandCommand(1, 'files needs one of ls, cat, find, extract')
    },
  )
