import type { MigrateRequest, MoveRequest } from '@kubectl-checkpoint/core/actions'
import type { InferredOptionTypes, Options } from 'yargs'
import { UsageError } from '../usage-error.ts'
import { parseMilliseconds } from './duration.ts'
import { text } from './text.ts'

const group = 'Migration:'

export const migrateFlags = {
  to: { group, ...text, describe: 'Node to move to (default: the scheduler chooses)' },
  repository: {
    group,
    alias: 'r',
    ...text,
    demandOption: true,
    describe: 'Where the images go, as nodes can pull them: oci://REGISTRY/REPOSITORY',
  },
  'keep-source': { group, type: 'boolean', describe: 'Leave the old pod, and its labels, as they are' },
  parallel: {
    group,
    ...text,
    default: '1',
    describe: 'How many pods are moved at the same time (default 1)',
  },
  wait: {
    group,
    ...text,
    default: '2m',
    describe: 'Longest wait for a new pod to become ready (default 2m)',
  },
  'dry-run': { group, type: 'boolean', describe: 'Only show what would move, and what keeps others from it' },
} as const satisfies Record<string, Options>

type Flags = InferredOptionTypes<typeof migrateFlags>

export const migrateRequest = (target: string, { to }: Pick<Flags, 'to'>): MigrateRequest => ({
  target,
  ...(to === undefined ? {} : { to }),
})

/** @throws {UsageError} */
export function moveRequest({
  repository,
  wait,
  parallel,
  yes = false,
  ...flags
}: Pick<Flags, 'repository' | 'wait' | 'parallel' | 'keep-source'> & {
  readonly yes?: boolean | undefined
}): MoveRequest {
  if (!/^[1-9]\d{0,2}$/.test(parallel)) {
    throw new UsageError(`--parallel: ${JSON.stringify(parallel)} is no number of pods`, 'Write it like 4.')
  }
  return {
    repository,
    timeoutSeconds: parseMilliseconds('wait', wait) / 1000,
    parallel: Number(parallel),
    allowsOpenRegistry: yes,
    keepSource: flags['keep-source'] ?? false,
  }
}
