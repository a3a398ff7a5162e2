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

/** A container engine that writes checkpoint archives, and how its archives differ. */
export interface Engine {
  readonly name: 'containerd' | 'cri-o' | 'podman'
  /** Whether the archive is this engine's. At most one says so of an archive that no one tampered with. */
  readonly wrote: (evidence: Evidence) => boolean
  readonly placement: (annotations: Evidence['annotations']) => Placement
}
