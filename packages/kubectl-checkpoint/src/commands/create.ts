import type { InferredOptionTypes } from 'yargs'
import { captureFlags } from '../flags/capture.ts'
import { connectionFlags } from '../flags/connection.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import type { AddCommand } from './add-command.ts'
import type { Example } from './examples.ts'
import { runCreate } from './run-create.ts'

const flags = { ...captureFlags, ...readerFlags, ...connectionFlags, ...outputFlags }
export type CreateFlags = InferredOptionTypes<typeof flags> & { targets?: string[] | undefined }

const examples: readonly Example[] = [
  ['Checkpoint the only or default container of a pod', '$0 web-0'],
  ['Every container of two pods, and bring the archives here', '$0 web-0 web-1 --all-containers --fetch'],
  ['Mark the pods, and remember why', "$0 -l app=web --annotate --note 'before the upgrade'"],
  ['All replicas of a deployment, into a folder', '$0 deployment/web -n shop --to ./archives'],
  ['By labels, for a script', '$0 -l app=web -o json'],
  ['Checkpoint and look inside', '$0 inspect $($0 web-0 -o name)'],
]

/** `kubectl checkpoint TARGET…`: the verb may be left out. */
export const addCreateCommand: AddCommand = (parser, start, illustrate) =>
  parser.command(
    ['create [targets..]', '$0'],
    'Checkpoint running containers, which always go on running',
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
    (parsed) => start((io) => runCreate(parsed, io)),
  )
