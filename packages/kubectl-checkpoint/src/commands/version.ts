import type { InferredOptionTypes } from 'yargs'
import { outputFlags } from '../flags/output.ts'
import type { AddCommand } from './add-command.ts'
import { runVersion } from './run-version.ts'

const flags = { output: outputFlags.output }
export type VersionFlags = InferredOptionTypes<typeof flags>

/** `kubectl checkpoint version` */
export const addVersionCommand: AddCommand = (parser, start) =>
  parser.command('version', 'Print the version of this program', flags, (parsed) =>
    start((io) => runVersion(parsed, io)),
  )
