import { captureFlags } from '../flags/capture.ts'
import { connectionFlags } from '../flags/connection.ts'
import type { FlagValues } from '../flags/flag.ts'
import { outputFlags } from '../flags/output.ts'
import { readerFlags } from '../flags/reader.ts'
import { defineCommand } from './command.ts'

const flags = { ...captureFlags, ...readerFlags, ...connectionFlags, ...outputFlags }
export type CreateFlags = FlagValues<typeof flags> & { readonly targets: readonly string[] }

/** `kubectl checkpoint TARGET…`: the verb may be left out. */
export const createCommand = defineCommand({
  name: 'create',
  describe: 'Checkpoint running containers',
  positionals: {
    targets: { many: true, describe: 'POD, POD/CONTAINER or TYPE/NAME, such as deployment/web' },
  },
  flags,
  examples: [
    ['Checkpoint the only or default container of a pod', '$0 web-0'],
    ['Every container of two pods, and bring the archives here', '$0 web-0 web-1 --all-containers --fetch'],
    ['All replicas of a deployment, into a folder', '$0 deployment/web -n shop --to ./archives'],
    ['By labels, for a script', '$0 -l app=web -o json'],
    ['Checkpoint and look inside', '$0 inspect $($0 web-0 -o name)'],
  ],
  async run(args, io) {
    const { runCreate } = await import('./runs.ts')
    return runCreate(args, io)
  },
})
