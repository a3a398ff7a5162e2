/** A pod as it is read and made: whatever its fields are, they are passed on. */
export interface PodManifest {
  readonly apiVersion: 'v1'
  readonly kind: 'Pod'
  readonly metadata: {
    readonly name?: string
    readonly namespace?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
  }
  readonly spec: PodSpec
}

export interface PodSpec {
  readonly containers: readonly ContainerSpec[]
  readonly initContainers?: readonly ContainerSpec[]
  readonly volumes?: readonly VolumeSpec[]
  readonly [field: string]: unknown
}

export interface ContainerSpec {
  readonly name: string
  readonly image?: string
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[]
  readonly [field: string]: unknown
}

interface VolumeSpec {
  readonly name: string
  readonly [kind: string]: unknown
}
