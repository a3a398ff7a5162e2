import { type CallOptions, getObject } from '../cluster/index.ts'
import type { KubeletEndpoint } from './endpoint.ts'
import { fieldsOf, maxBodyLength } from './kubelet-answer.ts'

/** What a container uses at the moment, as its kubelet last measured it, some ten seconds ago at most. */
export interface ContainerUsage {
  readonly podUid: string
  readonly container: string
  /** That belongs to no file, and that a checkpoint therefore holds. */
  readonly memoryBytes: number
  /** What it has changed in its root file system. */
  readonly changedBytes: number
}

/**
 * Of all containers on a node. What the kubelet has not measured counts as nothing.
 * @throws {ClusterError} as `getObject`; the rights are `get` on nodes/proxy, directly on nodes/stats.
 * @see https://kubernetes.io/docs/reference/instrumentation/node-metrics/
 */
export async function readUsage(
  { sender, pathPrefix }: KubeletEndpoint,
  options: CallOptions,
): Promise<readonly ContainerUsage[]> {
  const summary = await getObject<unknown>(sender, `${pathPrefix}/stats/summary`, {
    ...options,
    maxBodyLength,
  })
  return listOf(fieldsOf(summary).pods).flatMap((pod) => {
    const { podRef, containers } = fieldsOf(pod)
    const podUid = `${fieldsOf(podRef).uid}`
    return listOf(containers).map((container) => {
      const { name, memory, rootfs } = fieldsOf(container)
      return {
        podUid,
        container: `${name}`,
        memoryBytes: byteCountOf(fieldsOf(memory).rssBytes),
        changedBytes: byteCountOf(fieldsOf(rootfs).usedBytes),
      }
    })
  })
}

const listOf = (json: unknown): readonly unknown[] => (Array.isArray(json) ? json : [])

const byteCountOf = (json: unknown): number =>
  Number.isSafeInteger(json) && Number(json) > 0 ? Number(json) : 0
