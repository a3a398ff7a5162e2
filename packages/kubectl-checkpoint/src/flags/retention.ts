import type { PruneGroup, PrunePolicy } from '@kubectl-checkpoint/core/actions'
import type { InferredOptionTypes, Options } from 'yargs'
import { UsageError } from '../usage-error.ts'
import { parseAge } from './age.ts'
import { parseQuantity } from './quantity.ts'
import { text } from './text.ts'

const deleting = 'Deleting:'
const policy = 'Policy, at least one of the first three:'

/** For whatever deletes archives. */
export const removalFlags = {
  'dry-run': {
    group: deleting,
    type: 'boolean',
    describe: 'Print what would be deleted, and delete nothing',
  },
  yes: { group: deleting, alias: 'y', type: 'boolean', describe: 'Delete without asking' },
} as const satisfies Record<string, Options>

export type RemovalFlags = InferredOptionTypes<typeof removalFlags>

export const deletionFlags = {
  all: {
    group: deleting,
    type: 'boolean',
    describe: 'All archives that the conditions leave, without names',
  },
} as const satisfies Record<string, Options>

export const pruneFlags = {
  keep: {
    group: policy,
    ...text,
    describe: 'Always keep the newest N of each group; without the next two, delete all others',
  },
  'older-than': { group: policy, ...text, describe: 'Delete what was taken longer ago: 12h, 7d, 2w' },
  'max-size': {
    group: policy,
    ...text,
    describe: 'Delete the oldest of each group until the others are no larger together: 500M, 10Gi',
  },
  per: {
    group: policy,
    ...text,
    default: 'container',
    describe: 'Group by container, pod, namespace or node (default container)',
  },
} as const satisfies Record<string, Options>

export type PruneFlags = InferredOptionTypes<typeof pruneFlags>

export const pinFlags = {
  note: { group: 'Pin:', ...text, describe: 'Why it is kept, for whoever finds the pin' },
} as const satisfies Record<string, Options>

const groups: readonly PruneGroup[] = ['container', 'pod', 'namespace', 'node']

/** @throws {UsageError} */
export function prunePolicy(flags: PruneFlags): PrunePolicy {
  const { keep, per } = flags
  const olderThan = flags['older-than']
  const maxSize = flags['max-size']
  if ((keep ?? olderThan ?? maxSize) === undefined) {
    throw new UsageError('nothing says what to delete', 'Give --keep, --older-than or --max-size.')
  }
  const group = groups.find((name) => name === per)
  if (!group) throw new UsageError(`--per: ${JSON.stringify(per)} is none of ${groups.join(', ')}`)
  return {
    ...(keep === undefined ? {} : { keep: parseCount(keep) }),
    ...(olderThan === undefined ? {} : { olderThanMs: parseAge('older-than', olderThan) }),
    ...(maxSize === undefined ? {} : { maxBytes: parseQuantity('max-size', maxSize) }),
    per: group,
  }
}

function parseCount(count: string): number {
  if (!/^[1-9]\d{0,5}$/.test(count)) {
    throw new UsageError(
      `--keep: ${JSON.stringify(count)} is not a number from 1`,
      'To delete all, use: delete --all',
    )
  }
  return Number(count)
}
