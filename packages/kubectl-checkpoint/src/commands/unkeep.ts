import type { InferredOptionTypes } from 'yargs'
import { archiveFlags } from '../flags/archive.ts'
import { connectionFlags } from '../flags/connection.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runUnkeep } from './run-unkeep.ts'

const flags = { ...archiveFlags, ...readerFlags, ...connectionFlags, ...outputFlags } as const
export type UnkeepFlags = InferredOptionTypes<typeof flags> & { archives: string[] }

const examples: readonly Example[] = [
  ['Let an archive be deleted again', '$0 unkeep node-a:checkpoint-web-0_shop-app-2026-11-23T10:00:00Z.tar'],
]

/** `kubectl checkpoint unkeep ARCHIVE…` */
export const addUnkeepCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'unkeep <archives..>',
    'Remove the pins of archives; not those that a program holds',
    (command) => {
      illustrate(examples)
      return command
        .positional('archives', {
          type: 'string',
          array: true,
          demandOption: true,
          describe: 'NODE:FILE, or POD/CONTAINER for its newest archive',
        })
        .options(flags)
    },
    (parsed) => start((io) => runUnkeep(parsed, io)),
  )
