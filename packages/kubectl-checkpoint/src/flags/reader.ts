import type { NodePodSettings } from '@kubectl-checkpoint/core/remote/node-pods'
import type { InferredOptionTypes, Options } from 'yargs'
import type { Io } from '../io.ts'
import { parseWholeSeconds } from './duration.ts'
import { text } from './text.ts'

const group = 'Reader pod:'
const defaultImage = 'busybox:1.37'

/** The pod that reads archives on their node. */
export const readerFlags = {
  'reader-image': {
    group,
    ...text,
    describe: `Image with sh, dd, stat and sha256sum (env KUBECTL_CHECKPOINT_READER_IMAGE; else ${defaultImage})`,
  },
  'reader-namespace': {
    group,
    ...text,
    describe: 'Namespace to run it in, which must admit hostPath volumes',
  },
  'reader-deadline': {
    group,
    ...text,
    default: '1h',
    describe: 'After this the cluster ends it, should this command be unable to (default 1h)',
  },
} as const satisfies Record<string, Options>

export type ReaderFlags = InferredOptionTypes<typeof readerFlags>

/** @throws {UsageError} */
export function readerSettings(flags: ReaderFlags, env: Io['env']): NodePodSettings {
  const namespace = flags['reader-namespace']
  return {
    image: flags['reader-image'] ?? (env.KUBECTL_CHECKPOINT_READER_IMAGE || defaultImage),
    ...(namespace === undefined ? {} : { namespace }),
    deadlineSeconds: parseWholeSeconds('reader-deadline', flags['reader-deadline']),
  }
}
