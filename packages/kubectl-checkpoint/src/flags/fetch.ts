import type { FetchRequest } from '@kubectl-checkpoint/core/actions'
import type { InferredOptionTypes, Options } from 'yargs'
import { UsageError } from '../usage-error.ts'
import { type ArchiveSelectionFlags, archiveSelection } from './archive-selection.ts'
import { text } from './text.ts'

const group = 'Fetching:'
const compressChoices = ['auto', 'none', 'gzip', 'zstd'] as const

/** For commands that bring archives here. */
export const destinationFlags = {
  to: {
    group,
    ...text,
    default: '.',
    describe: 'Folder to put the archives into (default: the current one)',
  },
} as const satisfies Record<string, Options>

export const fetchFlags = {
  all: {
    group,
    type: 'boolean',
    describe: 'Every archive of what is selected, not the newest of each container',
  },
  ...destinationFlags,
  compress: {
    group,
    ...text,
    default: 'auto',
    describe: 'What the node compresses with: none, gzip, zstd, or auto: what is measured to be faster',
  },
  'nodes-at-once': {
    group,
    ...text,
    describe: 'How many nodes to bring archives from at the same time (default 4)',
  },
} as const satisfies Record<string, Options>

/** @throws {UsageError} */
export function fetchRequest(
  archives: readonly string[],
  flags: InferredOptionTypes<typeof fetchFlags> & ArchiveSelectionFlags,
): FetchRequest {
  const { targets: _, ...selection } = archiveSelection([], flags)
  return {
    archives,
    ...selection,
    to: flags.to,
    compress: parseCompress(flags.compress),
    ...(flags.all ? { all: true } : {}),
    ...(flags['nodes-at-once'] === undefined ? {} : { nodesAtOnce: parseNodes(flags['nodes-at-once']) }),
  }
}

function parseCompress(text: string): (typeof compressChoices)[number] {
  const choice = compressChoices.find((name) => name === text)
  if (choice === undefined) {
    throw new UsageError(`--compress: ${JSON.stringify(text)} is none of ${compressChoices.join(', ')}`)
  }
  return choice
}

function parseNodes(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new UsageError(`--nodes-at-once: ${JSON.stringify(text)} is not a number from 1`)
  return Number(text)
}
