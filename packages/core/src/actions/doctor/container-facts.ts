import type { Pod } from '../../remote/cluster/index.ts'
import type { ContainerUsage } from '../../remote/kubelet/index.ts'
import type { ContainerSight } from '../../remote/node-probe/index.ts'
import type { TargetContainer } from '../../remote/targets/index.ts'
import type { Learned } from './learned.ts'
import type { NodeFacts } from './node-facts.ts'

/** What is known of a container before anything fails. */
export interface ContainerFacts {
  readonly target: TargetContainer
  readonly node: NodeFacts
  readonly pod: Learned<Pod>
  readonly usage: Learned<ContainerUsage>
  /** What the probe saw of its processes. */
  readonly sight: Learned<ContainerSight>
}
