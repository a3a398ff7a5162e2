import type { InferredOptionTypes } from 'yargs'
import { archiveFlags } from '../flags/archive.ts'
import { connectionFlags } from '../flags/connection.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'

const flags = {
  ...archiveFlags,
  ...readerFlags,
  ...connectionFlags,
  ...outputFlags,
} as const
export type InspectFlags = InferredOptionTypes<typeof flags> & { archive: string }

const examples: readonly Example[] = [
  ['An archive on this machine', '$0 inspect ./checkpoint.tar'],
  ['The newest archive of a container, read where it is', '$0 inspect web-0/app -n shop'],
  ['The names of all processes', "$0 inspect ./checkpoint.tar -o jsonpath='{.processes[*].comm}'"],
]

/** `kubectl checkpoint inspect ARCHIVE` */
export const addInspectCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'inspect <archive>',
    'Show the container and the processes in an archive, here or on its node',
    (command) => {
      illustrate(examples)
      return command
        .positional('archive', {
          type: 'string',
          demandOption: true,
          describe: 'A local file, NODE:FILE, or POD/CONTAINER for its newest archive',
        })
        .options(flags)
    },
    (parsed) =>
      start(async (io) => {
        const { runInspect } = await import('./runs.ts')
        return runInspect(parsed, io)
      }),
  )
