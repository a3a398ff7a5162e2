import { archiveFlags } from '../flags/archive.ts'
import { connectionFlags } from '../flags/connection.ts'
import type { FlagValues } from '../flags/flag.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import { defineCommand } from './command.ts'

const flags = {
  ...archiveFlags,
  ...readerFlags,
  ...connectionFlags,
  ...outputFlags,
} as const
export type InspectFlags = FlagValues<typeof flags> & { readonly archive: string }

/** `kubectl checkpoint inspect ARCHIVE` */
export const inspectCommand = defineCommand({
  name: 'inspect',
  describe: 'Show the container and the processes in an archive, here or on its node',
  positionals: {
    archive: { required: true, describe: 'A local file, NODE:FILE, or POD/CONTAINER for its newest archive' },
  },
  flags,
  examples: [
    ['An archive on this machine', '$0 inspect ./checkpoint.tar'],
    ['The newest archive of a container, read where it is', '$0 inspect web-0/app -n shop'],
    ['The names of all processes', "$0 inspect ./checkpoint.tar -o jsonpath='{.processes[*].comm}'"],
  ],
  async run(args, io) {
    const { runInspect } = await import('./runs.ts')
    return runInspect(args, io)
  },
})
