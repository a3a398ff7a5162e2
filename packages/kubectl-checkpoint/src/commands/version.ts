import type { FlagValues } from '../flags/flag.ts'
import { outputFlags } from '../flags/output.ts'
import { defineCommand } from './command.ts'

const flags = { output: outputFlags.output }
export type VersionFlags = FlagValues<typeof flags>

/** `kubectl checkpoint version` */
export const versionCommand = defineCommand({
  name: 'version',
  describe: 'Print the version of this program',
  positionals: {},
  flags,
  examples: [],
  async run(args, io) {
    const { runVersion } = await import('./runs.ts')
    return runVersion(args, io)
  },
})
