/** Only what is read or, by the tests' servers, served; the API's own names and shapes. Times are RFC 3339 strings. */
export interface ApiObject {
  readonly metadata: ObjectMeta
}

export interface ObjectMeta {
  readonly name: string
  readonly namespace?: string
  readonly uid?: string
  readonly creationTimestamp?: string
  /** It is about to go. */
  readonly deletionTimestamp?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly ownerReferences?: readonly OwnerReference[]
}

export interface OwnerReference {
  readonly kind: string
  readonly name: string
  readonly uid: string
  readonly controller?: boolean
}

export interface Pod extends ApiObject {
  readonly spec: {
    readonly nodeName?: string
    readonly os?: { readonly name: string }
    readonly hostNetwork?: boolean
    readonly hostPID?: boolean
    readonly hostIPC?: boolean
    readonly shareProcessNamespace?: boolean
    readonly containers: readonly Container[]
    readonly initContainers?: readonly Container[]
    readonly ephemeralContainers?: readonly Container[]
    readonly volumes?: readonly Volume[]
  }
  readonly status?: {
    readonly phase?: string
    readonly reason?: string
    readonly message?: string
    /** When the kubelet took the pod. */
    readonly startTime?: string
    readonly conditions?: readonly Condition[]
    readonly containerStatuses?: readonly ContainerStatus[]
    readonly initContainerStatuses?: readonly ContainerStatus[]
    readonly ephemeralContainerStatuses?: readonly ContainerStatus[]
  }
}

interface Volume {
  readonly name: string
  readonly emptyDir?: object
  readonly hostPath?: { readonly path: string }
  readonly persistentVolumeClaim?: { readonly claimName: string }
}

export interface PersistentVolumeClaim extends ApiObject {
  readonly spec: { readonly accessModes?: readonly string[] }
}

export interface Condition {
  readonly type: string
  readonly status: string
  readonly reason?: string
  readonly message?: string
}

export interface Container {
  readonly name: string
  readonly image?: string
  /** `limits`: quantities by resource, such as `nvidia.com/gpu`. */
  readonly resources?: { readonly limits?: Readonly<Record<string, string>> }
}

export interface ContainerStatus {
  readonly name: string
  readonly ready?: boolean
  readonly restartCount?: number
  /** `containerd://HEX`, as the node says. */
  readonly containerID?: string
  readonly state?: ContainerState
  /** Before the last restart. */
  readonly lastState?: ContainerState
}

export interface ContainerState {
  readonly running?: object
  readonly waiting?: { readonly reason?: string; readonly message?: string }
  readonly terminated?: {
    readonly exitCode: number
    readonly reason?: string
    readonly message?: string
    readonly finishedAt?: string
  }
}

export interface Node extends ApiObject {
  readonly spec?: { readonly unschedulable?: boolean }
  readonly status?: {
    readonly addresses?: readonly { readonly type: string; readonly address: string }[]
    readonly conditions?: readonly Condition[]
    readonly daemonEndpoints?: { readonly kubeletEndpoint?: { readonly Port: number } }
    readonly nodeInfo?: NodeInfo
    /** Not all, if there are many: the largest. */
    readonly images?: readonly { readonly names?: readonly string[] }[]
  }
}

export interface NodeInfo {
  readonly kubeletVersion: string
  /** `containerd://2.1.9`, `cri-o://1.34.1`. */
  readonly containerRuntimeVersion: string
  readonly operatingSystem?: string
  /** As Go names it: `amd64`. */
  readonly architecture?: string
  readonly kernelVersion?: string
}

export interface Event extends ApiObject {
  readonly reason?: string
  readonly message?: string
  /** Of a pod: `spec.containers{app}`. */
  readonly involvedObject?: { readonly fieldPath?: string }
  readonly lastTimestamp?: string | null
  readonly eventTime?: string | null
}
