import type { InferredOptionTypes } from 'yargs'
import { outputFlags } from '../flags/output.ts'
import type { AddCommand } from './add-command.ts'

const flags = { output: outputFlags.output }
export type VersionFlags = InferredOptionTypes<typeof flags>

/** `kubectl checkpoint version` */
export const addVersionCommand: AddCommand = (parser, start) =>
  parser.command('version', 'Print the version of this program', flags, (parsed) =>
    start(async (io) => {
      const { runVersion } = await import('./runs.ts')
      return runVersion(parsed, io)
    }),
  )
