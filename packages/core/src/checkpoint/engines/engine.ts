import type { JsonObject } from './json-object.ts'

/** What an archive shows of who made it. */
export interface Evidence {
  /** Of `spec.dump`. */
  readonly annotations: Readonly<Record<string, string>>
  /** Whether the archive has an entry of this name. */
  readonly has: (entry: string) => boolean
}

/** What a container's annotations say about its place in the cluster. */
export interface Placement {
  readonly container?: string | undefined
  readonly pod?: string | undefined
  readonly namespace?: string | undefined
}

/** What an engine wrote of the container, empty where the archive lacks it. */
export interface Writings {
  /** Of `spec.dump`. */
  readonly annotations: Readonly<Record<string, string>>
  /** `config.dump` */
  readonly config: JsonObject
  /** `status.dump` */
  readonly status: JsonObject
  /** `network.status` */
  readonly network: JsonObject
}

/** What is the same in all engines' containers, and stands elsewhere in each engine's archives. */
export interface Particulars {
  readonly labels?: Readonly<Record<string, string>>
  /** Addresses without a prefix length. */
  readonly ips?: readonly string[]
  /** `PORT/PROTOCOL`, in lower case. Empty if none is declared, absent if the archive doesn't say. */
  readonly exposedPorts?: readonly string[]
}

/** A container engine that writes checkpoint archives, and how its archives differ. */
export interface Engine {
  readonly name: 'containerd' | 'cri-o' | 'podman'
  /** Whether the archive is this engine's. At most one says so of an archive that no one tampered with. */
  readonly wrote: (evidence: Evidence) => boolean
  readonly placement: (annotations: Evidence['annotations']) => Placement
  /** The entry with what the container wrote to its standard output and error. */
  readonly logEntry: string
  /** What it gives to every container, unless it was configured otherwise. */
  readonly defaultCapabilities: readonly string[]
  readonly particulars: (writings: Writings) => Particulars
}
