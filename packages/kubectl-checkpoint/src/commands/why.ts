import type { InferredOptionTypes } from 'yargs'
import { connectionFlags } from '../flags/connection.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import { targetFlags } from '../flags/targets.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runWhy } from './run-why.ts'

const flags = { ...targetFlags, ...readerFlags, ...connectionFlags, ...outputFlags } as const
export type WhyFlags = InferredOptionTypes<typeof flags> & { targets?: string[] | undefined }

const examples: readonly Example[] = [
  ['Why the last checkpoint or restore of a container failed', '$0 why web-0/app -n shop'],
  ['Of every container of a deployment', '$0 why deployment/web --all-containers'],
  ['The causes alone, for a script', "$0 why web-0 -o jsonpath='{.items[*].causes[*].id}'"],
]

/** `kubectl checkpoint why TARGET…` */
export const addWhyCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    'why [targets..]',
    'Explain the last refused checkpoint or restore of a container',
    (command) => {
      illustrate(examples)
      return command
        .positional('targets', {
          type: 'string',
          array: true,
          describe: 'POD, POD/CONTAINER or TYPE/NAME, such as deployment/web',
        })
        .options(flags)
    },
    (parsed) => start((io) => runWhy(parsed, io)),
  )
