import type { InferredOptionTypes } from 'yargs'
import { archiveFlags } from '../flags/archive.ts'
import { connectionFlags } from '../flags/connection.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import { pinFlags } from '../flags/retention.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runKeep } from './run-keep.ts'

const flags = { ...pinFlags, ...archiveFlags, ...readerFlags, ...connectionFlags, ...outputFlags } as const
export type KeepFlags = InferredOptionTypes<typeof flags> & { archives: string[] }

const examples: readonly Example[] = [
  ["Keep the newest archive of a pod's container", '$0 keep web-0/app -n shop'],
  [
    'Keep an archive, and say why',
    "$0 keep node-a:checkpoint-web-0_shop-app-2026-11-23T10:00:00Z.tar --note 'the incident of Monday'",
  ],
]

/** `kubectl checkpoint keep ARCHIVE…` */
export const addKeepCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'keep <archives..>',
    'Pin archives: a file beside each, named like it with .keep behind, keeps it from being deleted',
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
    (parsed) => start((io) => runKeep(parsed, io)),
  )
