import type { Node } from '../../remote/cluster/index.ts'
import type { FeatureGate, KubeletConfig, KubeletEndpoint, KubeletError } from '../../remote/kubelet/index.ts'
import type { Learned } from './learned.ts'

/** What is known of a node before anything fails. */
export interface NodeFacts {
  readonly name: string
  /** How the kubelet is asked, as a checkpoint would ask it. */
  readonly via: KubeletEndpoint['via']
  readonly object: Learned<Node>
  /** Why a checkpoint call does not get to its container; undefined if it does. */
  readonly call: Learned<KubeletError | undefined>
  readonly config: Learned<KubeletConfig>
  /** ContainerCheckpoint; undefined if the kubelet doesn't say. */
  readonly gate: Learned<FeatureGate | undefined>
}
