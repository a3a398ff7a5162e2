import { join, posix } from 'node:path'
import type { NodeSettings } from '@kubectl-checkpoint/core/actions'
import { type Configuration, findConfiguration } from '@kubectl-checkpoint/core/configuration'
import type { InferredOptionTypes, Options } from 'yargs'
import type { Io } from '../io.ts'
import { UsageError } from '../usage-error.ts'
import { parseWholeSeconds } from './duration.ts'
import { text } from './text.ts'

const group = 'Nodes:'
const defaultImage = 'busybox:1.37'

/** The pod that reads archives on their node, and where it finds them. */
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
  'kubelet-root': {
    group,
    ...text,
    describe: "Root folder of the nodes' kubelets, if it isn't /var/lib/kubelet",
  },
  config: {
    group,
    ...text,
    describe: 'File with lasting settings (env KUBECTL_CHECKPOINT_CONFIG)',
  },
} as const satisfies Record<string, Options>

export type ReaderFlags = InferredOptionTypes<typeof readerFlags>

/**
 * What flags and environment say of nodes, and then the configuration, whose file is read when they are asked for.
 * @throws {UsageError} for flags, at once.
 */
export function nodeSettings(
  flags: Partial<ReaderFlags>,
  env: Io['env'],
  homeDirectory: string,
): () => Promise<NodeSettings> {
  const deadlineSeconds = parseWholeSeconds(
    'reader-deadline',
    flags['reader-deadline'] ?? readerFlags['reader-deadline'].default,
  )
  const rootOfAll = flags['kubelet-root'] === undefined ? undefined : parseFolder(flags['kubelet-root'])
  return async () => {
    const { kubeletRoot, nodes = {}, reader = {} } = await readConfiguration(flags.config, env, homeDirectory)
    const namespace = flags['reader-namespace'] ?? reader.namespace
    const image = flags['reader-image'] ?? (env.KUBECTL_CHECKPOINT_READER_IMAGE || reader.image)
    return {
      pods: {
        image: image ?? defaultImage,
        ...(namespace === undefined ? {} : { namespace }),
        deadlineSeconds,
      },
      findKubeletRoot: (node) => rootOfAll ?? nodes[node]?.kubeletRoot ?? kubeletRoot,
    }
  }
}

/** The file that was named must be there, the usual one need not. */
async function readConfiguration(
  flag: string | undefined,
  env: Io['env'],
  homeDirectory: string,
): Promise<Configuration> {
  const named = flag ?? (env.KUBECTL_CHECKPOINT_CONFIG || undefined)
  const folder = env.XDG_CONFIG_HOME || join(homeDirectory, '.config')
  const found = await findConfiguration(named ?? join(folder, 'kubectl-checkpoint/config.yaml'))
  if (!found && named !== undefined) throw new UsageError(`the configuration ${named} is not there`)
  return found ?? {}
}

function parseFolder(text: string): string {
  if (posix.isAbsolute(text) && posix.normalize(text) === text) return text.replace(/\/$/, '')
  throw new UsageError(`--kubelet-root: ${JSON.stringify(text)} is not a plain absolute path`)
}
