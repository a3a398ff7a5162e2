import type { RestoreRequest } from '@kubectl-checkpoint/core/actions'
import type { InferredOptionTypes, Options } from 'yargs'
import { parseMilliseconds } from './duration.ts'
import { text } from './text.ts'

const group = 'Restore:'

export const restoreFlags = {
  name: {
    group,
    ...text,
    describe: "Name of the new pod (default: the old one's, with -restored- behind it)",
  },
  node: { group, ...text, describe: 'Node of the new pod (default: the scheduler chooses)' },
  only: { group, type: 'boolean', describe: 'Leave out the other containers of the pod' },
  wait: { group, ...text, default: '2m', describe: 'Longest wait for the pod to become ready (default 2m)' },
  'dry-run': {
    group,
    choices: ['client', 'server'] as const,
    describe: 'Only show the pod and what speaks against it; server: as the API server would make it',
  },
} as const satisfies Record<string, Options>

type Flags = InferredOptionTypes<typeof restoreFlags>

export const restoreRequest = (image: string, flags: Flags): RestoreRequest => ({
  image,
  ...(flags.name === undefined ? {} : { name: flags.name }),
  ...(flags.node === undefined ? {} : { node: flags.node }),
  ...(flags.only ? { only: true } : {}),
})

/** @throws {UsageError} */
export const restorePatience = ({ wait }: Pick<Flags, 'wait'>) => ({
  timeoutSeconds: parseMilliseconds('wait', wait) / 1000,
})
