import type { InferredOptionTypes } from 'yargs'
import { readArchiveFlags } from '../flags/archive.ts'
import { connectionFlags } from '../flags/connection.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import { sectionFlags } from '../flags/sections.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { addInspectRawCommand } from './inspect-raw.ts'
import { runInspect } from './run-inspect.ts'

// Missing from the types of yargs.
declare module 'yargs' {
  interface Argv<T> {
    global(keys: readonly string[], isGlobal: boolean): Argv<T>
  }
}

const flags = {
  ...sectionFlags,
  ...readArchiveFlags,
  ...readerFlags,
  ...connectionFlags,
  ...outputFlags,
} as const
export type InspectFlags = InferredOptionTypes<typeof flags> & { archives: string[] }

const examples: readonly Example[] = [
  ['An archive on this machine', '$0 inspect ./checkpoint.tar'],
  ['The newest archive of a container, read where it is', '$0 inspect web-0/app -n shop'],
  ['Who is connected to whom', '$0 inspect ./checkpoint.tar --sockets -o wide'],
  ['All about two processes', '$0 inspect ./checkpoint.tar --all -p 1,6'],
  ['The names of all processes', "$0 inspect ./checkpoint.tar -o jsonpath='{.processes[*].comm}'"],
]

/** `kubectl checkpoint inspect ARCHIVE…` */
export const addInspectCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'inspect <archives..>',
    'Show the container and the processes in an archive, wherever it lies',
    (command) => {
      illustrate(examples)
      return (
        addInspectRawCommand(command, start, illustrate)
          .positional('archives', {
            type: 'string',
            array: true,
            demandOption: true,
            describe:
              'A local file or folder, NODE:FILE, oci://IMAGE, or POD/CONTAINER for its newest archive',
          })
          .options(flags)
          // What is for archives is not for images, nor shown in their help.
          .global(['archives', ...Object.keys(flags)], false)
      )
    },
    (parsed) => start((io) => runInspect(parsed, io)),
  )
