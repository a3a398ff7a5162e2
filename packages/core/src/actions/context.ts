import type { Catalogue } from '../catalogue/index.ts'
import type { Clock } from '../clock.ts'
import type { Connection } from '../remote/cluster/index.ts'
import type { NodePodSettings } from '../remote/node-pods/index.ts'
import type { RegistrySettings } from '../remote/registry/index.ts'

/** The collaborators of every action, built once by a front end and replaced in tests. */
export interface Context {
  /** The cluster, connected to when first needed; the same connection each time. */
  connect(): Promise<Connection>
  readonly clock: Clock
  /** Read when the cluster is first needed. @throws {ConfigurationError} CONFIGURATION_INVALID */
  settings(): Promise<NodeSettings>
  readonly catalogue: Catalogue
  readonly registry: RegistrySettings
  /** Absolute; made when it is first needed. What is decompressed goes there. */
  readonly cacheFolder: string
}

/** What is to be known of nodes that they don't tell. */
export interface NodeSettings {
  /** The pods that are made on them. */
  readonly pods: NodePodSettings
  /** The root folder of a node's kubelet, if somebody has said where it is: absolute, without a `/` at its end. */
  findKubeletRoot(node: string): string | undefined
}

export interface ActionOptions {
  /** Aborting ends the action, which first undoes what it made. */
  readonly signal: AbortSignal
}
