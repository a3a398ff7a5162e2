import type { InferredOptionTypes } from 'yargs'
import { readArchiveFlags } from '../flags/archive.ts'
import { connectionFlags } from '../flags/connection.ts'
import { differenceFlags } from '../flags/difference.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runDiff } from './run-diff.ts'

const flags = {
  ...differenceFlags,
  ...readArchiveFlags,
  ...readerFlags,
  ...connectionFlags,
  ...outputFlags,
} as const
export type DiffFlags = InferredOptionTypes<typeof flags> & { a: string; b: string }

const examples: readonly Example[] = [
  ['A container before and after', '$0 diff ./before.tar ./after.tar'],
  [
    'Two replicas, by what they run and whom they talk to',
    '$0 diff web-0 web-1 -n shop --only processes,sockets',
  ],
  ['The files that changed', "$0 diff ./before.tar ./after.tar --only files -o jsonpath='{.files[*].path}'"],
]

const archive = { type: 'string', demandOption: true } as const

/** `kubectl checkpoint diff A B` */
export const addDiffCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'diff <a> <b>',
    'Show what differs between two archives: exit code 0 if nothing does, 1 if something',
    (command) => {
      illustrate(examples)
      return command
        .positional('a', {
          ...archive,
          describe: 'A local file or folder, NODE:FILE, oci://IMAGE, or POD/CONTAINER for its newest archive',
        })
        .positional('b', { ...archive, describe: 'Another one, of the same container or not' })
        .options(flags)
    },
    (parsed) => start((io) => runDiff(parsed, io)),
  )
