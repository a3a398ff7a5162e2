import type { InferredOptionTypes } from 'yargs'
import { connectionFlags } from '../flags/connection.ts'
import { doctorFlags } from '../flags/doctor.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runDoctor } from './run-doctor.ts'

const flags = { ...doctorFlags, ...readerFlags, ...connectionFlags, ...outputFlags }
export type DoctorCommandFlags = InferredOptionTypes<typeof flags> & { targets?: string[] | undefined }

const examples: readonly Example[] = [
  ['Whether checkpoints would work, on every node', '$0 doctor'],
  ['On one node, without starting a pod there', '$0 doctor node-a --no-probe'],
  ['Of a container, and on its node', '$0 doctor web-0/app -n shop'],
  [
    'What keeps them from working, for a script',
    '$0 doctor -o jsonpath=\'{.nodes[*].checks[?(@.status=="failure")].id}\'',
  ],
]

/** `kubectl checkpoint doctor [NODE|TARGET…]` */
export const addDoctorCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'doctor [targets..]',
    'Find out whether checkpoints would work, and what to do if not',
    (command) => {
      illustrate(examples)
      return command
        .positional('targets', {
          type: 'string',
          array: true,
          describe: 'NODE, POD, POD/CONTAINER or TYPE/NAME; without any, all nodes',
        })
        .options(flags)
    },
    (parsed) => start((io) => runDoctor(parsed, io)),
  )
