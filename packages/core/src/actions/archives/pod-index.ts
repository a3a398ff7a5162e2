import type { NodeArchive } from '../../documents/index.ts'
import { type Connection, listPages, type Pod } from '../../remote/cluster/index.ts'
import { collectionPath } from '../../remote/targets/index.ts'
import type { ArchiveOwner } from './parse-archive-name.ts'

/** The pods there are, as far as archives are concerned. */
export interface PodIndex {
  has(namespace: string, pod: string): boolean
  /** Whether the pod has such a container. */
  hasContainer(owner: ArchiveOwner): boolean
  /** What has become of a pod since then. */
  status(namespace: string, pod: string, takenAt: Date): NodeArchive['podStatus']
  /** The nodes that pods were given to. */
  readonly nodes: ReadonlySet<string>
}

interface KnownPod {
  readonly createdAt: number
  readonly hasEnded: boolean
  readonly containers: readonly string[]
}

/**
 * Lists the pods of a namespace, or of all; a page at a time, and keeps a few words of each: a cluster's pods are as
 * much text as memory holds.
 * @throws {ClusterError} as `listObjects`.
 */
export async function readPodIndex(
  connection: Connection,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<PodIndex> {
  const pods = new Map<string, KnownPod>()
  const nodes = new Set<string>()
  for await (const page of listPages<Pod>(connection, collectionPath('pod', namespace), { signal })) {
    for (const { metadata, spec, status } of page) {
      if (spec.nodeName !== undefined) nodes.add(spec.nodeName)
      const containers = [spec.containers, spec.initContainers ?? [], spec.ephemeralContainers ?? []].flat()
      pods.set(keyOf(metadata.namespace ?? '', metadata.name), {
        createdAt: Date.parse(metadata.creationTimestamp ?? ''),
        hasEnded: status?.phase === 'Succeeded' || status?.phase === 'Failed',
        containers: containers.map(({ name }) => name),
      })
    }
  }
  return {
    nodes,
    has: (podNamespace, pod) => pods.has(keyOf(podNamespace, pod)),
    hasContainer: (owner) =>
      pods.get(keyOf(owner.namespace, owner.pod))?.containers.includes(owner.container) ?? false,
    status(podNamespace, name, takenAt) {
      const pod = pods.get(keyOf(podNamespace, name))
      if (!pod) return 'gone'
      // Names are given again, as a StatefulSet does.
      if (pod.createdAt > takenAt.getTime()) return 'replaced'
      return pod.hasEnded ? 'ended' : 'running'
    },
  }
}

const keyOf = (namespace: string, pod: string): string => `${namespace}/${pod}`

/** Of somebody who may not list pods. */
export const unknownPods: PodIndex = {
  nodes: new Set(),
  has: () => false,
  hasContainer: () => false,
  status: () => 'unknown',
}
