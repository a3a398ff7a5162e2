import type { Node } from '../../remote/cluster/index.ts'
import type { FeatureGate, KubeletConfig, KubeletEndpoint, KubeletError } from '../../remote/kubelet/index.ts'
import type { NodeSight } from '../../remote/node-probe/index.ts'
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
  readonly archiveFolder: string
  /** Where pods for reading archives are made. */
  readonly readerNamespace: string
  /** What the user may not do there, in the words of RBAC: `create pods/exec`. */
  readonly missingRights: Learned<readonly string[]>
  /** Whether the API server would let a reader pod in. */
  readonly admission: Learned<true>
  readonly sight: Learned<TimedSight>
}

/** What the probe saw, and when: by this machine's clock, in milliseconds since 1970. */
export interface TimedSight extends NodeSight {
  readonly askedAt: number
  readonly answeredAt: number
}
