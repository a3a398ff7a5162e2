import type { Readable } from 'node:stream'
import type { Clock } from '../../clock.ts'
import { untilAborted } from '../../until-aborted.ts'
import type { Connection, ExecSession } from '../cluster/index.ts'
import {
  createLazyPod,
  type LazyPod,
  mountPath,
  type NodePodSettings,
  type PodName,
} from '../node-pods/index.ts'
import { NodeProbeError } from './errors.ts'
import { type Inquiry, parseSections, wholeScript } from './inquiry.ts'

/** Looks at nodes from outside of their containers: one pod a node, started when first needed, removed in the end. */
export interface NodeProbes extends AsyncDisposable {
  /**
   * @throws {NodeProbeError} PROBE_FAILED
   * @throws {NodePodError} READER_NOT_ADMITTED; READER_NOT_STARTED.
   * @throws {ClusterError} those of `Connection.exec`; FORBIDDEN.
   */
  ask<Answer>(node: string, inquiry: Inquiry<Answer>, signal?: AbortSignal): Promise<Answer>
  /** Has the pod on a node removed; whoever asks that node later starts another one. Never fails. */
  close(node: string): Promise<void>
}

export interface NodeProbesOptions {
  readonly clock: Clock
  /** Told of a pod that could not be removed. */
  readonly onLeft: (pod: PodName, reason: string) => void
}

/**
 * What a look at processes of others takes: their environment and descriptors (SYS_PTRACE), and the node's own programs
 * in its own root (SYS_CHROOT).
 */
const capabilities = ['SYS_PTRACE', 'SYS_CHROOT']

const patienceMs = 30_000
const longestAnswer = 8 * 1024 * 1024

export function createNodeProbes(
  connection: Connection,
  settings: NodePodSettings,
  { clock, onLeft }: NodeProbesOptions,
): NodeProbes {
  const pods = new Map<string, LazyPod>()
  // Not the signal of whoever asks first: others may be waiting for the same pod.
  const closing = new AbortController()
  const { signal: closed } = closing
  const podOf = (node: string): LazyPod => {
    const spec = { role: 'probe', node, directory: '/', processes: { capabilities } } as const
    const pod = pods.get(node) ?? createLazyPod(connection, settings, spec, { clock, signal: closed, onLeft })
    pods.set(node, pod)
    return pod
  }
  const run = async <Answer>(node: string, inquiry: Inquiry<Answer>): Promise<Answer> => {
    const words = ['sh', '-c', wholeScript(inquiry), 'checkpoint-probe', mountPath, '/proc', ...inquiry.args]
    await using exec = await podOf(node).exec(words)
    const timeout = AbortSignal.timeout(patienceMs)
    try {
      return inquiry.parse(parseSections(await untilAborted(readAnswer(exec), timeout), node))
    } catch (error) {
      if (error !== timeout.reason) throw error
      throw new NodeProbeError(
        'PROBE_FAILED',
        `${node}: the probe has not answered in ${patienceMs / 1000} s`,
        {
          hint: `Something on the node hangs: kubectl describe node ${node}`,
        },
      )
    }
  }
  return {
    ask: (node, inquiry, signal) => untilAborted(run(node, inquiry), signal),
    async close(node) {
      const pod = pods.get(node)
      pods.delete(node)
      await pod?.remove()
    },
    async [Symbol.asyncDispose]() {
      closing.abort()
      await Promise.all([...pods.values()].map((pod) => pod.remove()))
    },
  }
}

async function readAnswer({ stdio }: ExecSession): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stdio as Readable & AsyncIterable<Uint8Array>) {
    length += chunk.length
    // What is cut off has no end, and is refused for that.
    if (length > longestAnswer) break
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
