import type { Clock } from '../clock.ts'
import type { Connection } from '../remote/cluster/index.ts'
import type { NodePodSettings } from '../remote/node-pods/index.ts'
import type { RegistrySettings } from '../remote/registry/index.ts'

/** The collaborators of every action, built once by a front end and replaced in tests. */
export interface Context {
  /** The cluster, connected to when first needed; the same connection each time. */
  connect(): Promise<Connection>
  readonly clock: Clock
  readonly reader: NodePodSettings
  readonly registry: RegistrySettings
  /** Absolute; made when it is first needed. What is decompressed goes there. */
  readonly cacheFolder: string
}

export interface ActionOptions {
  /** Aborting ends the action, which first undoes what it made. */
  readonly signal: AbortSignal
}
