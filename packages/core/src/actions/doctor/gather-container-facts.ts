import { apiPath, getObject, type Pod } from '../../remote/cluster/index.ts'
import { lookAtContainer } from '../../remote/node-probe/index.ts'
import type { TargetContainer } from '../../remote/targets/index.ts'
import { findContainerStatus } from '../container-status.ts'
import type { ContainerFacts } from './container-facts.ts'
import type { NodeFactSources } from './gather-node-facts.ts'
import { type Learned, learn, notLearned } from './learned.ts'
import type { NodeFacts } from './node-facts.ts'
import type { UsageReader } from './usage-reader.ts'

export interface ContainerFactSources extends Pick<NodeFactSources, 'scope' | 'probes'> {
  readonly readUsage: UsageReader
}

/** Asks the API server for the pod, the kubelet for what it uses, and the probe for the container's processes. */
export async function gatherContainerFacts(
  sources: ContainerFactSources,
  target: TargetContainer,
  node: NodeFacts,
): Promise<ContainerFacts> {
  const { connection, signal } = sources.scope
  const { namespace, pod: name } = target
  const [pod, usage] = await Promise.all([
    learn(signal, () =>
      getObject<Pod>(connection, apiPath`/api/v1/namespaces/${namespace}/pods/${name}`, { signal }),
    ),
    sources.readUsage(target),
  ])
  return { target, node, pod, usage, sight: await see(sources, target, node, pod) }
}

async function see(
  { scope: { signal }, probes }: ContainerFactSources,
  { container }: TargetContainer,
  node: NodeFacts,
  pod: Learned<Pod>,
): Promise<ContainerFacts['sight']> {
  // Where the probe could not see its node, it would be waited for once more.
  if (!probes || !node.sight.known) return notLearned('only a probe pod on the node can see it')
  if (!pod.known) return pod
  // The ID is part of what the probe looks for, and a node may call its containers anything.
  const [, id] =
    /^[a-z-]+:\/\/([0-9a-f]{64})$/.exec(findContainerStatus(pod.value, container)?.containerID ?? '') ?? []
  if (id === undefined) return notLearned('the node has not named the container yet')
  return learn(signal, () => probes.ask(node.name, lookAtContainer(id), signal))
}
