import type { ApiObject, Container, Pod as CorePod, Node } from '@kubectl-checkpoint/core/remote/cluster'

interface MountingContainer extends Container {
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[]
}

/** A pod with what only its kubelet wants to know. */
export interface Pod extends CorePod {
  readonly spec: Omit<CorePod['spec'], 'containers'> & {
    readonly containers: readonly MountingContainer[]
    readonly volumes?: readonly { readonly name: string; readonly hostPath?: { readonly path: string } }[]
    readonly terminationGracePeriodSeconds?: number
  }
}

/** The API group of each resource that is served, and the kind of its objects. */
export const resources = {
  namespaces: { group: '', kind: 'Namespace' },
  nodes: { group: '', kind: 'Node' },
  pods: { group: '', kind: 'Pod' },
  events: { group: '', kind: 'Event' },
  deployments: { group: 'apps', kind: 'Deployment' },
  statefulsets: { group: 'apps', kind: 'StatefulSet' },
  daemonsets: { group: 'apps', kind: 'DaemonSet' },
  replicasets: { group: 'apps', kind: 'ReplicaSet' },
  jobs: { group: 'batch', kind: 'Job' },
} as const

export type Resource = keyof typeof resources

export const apiVersionOf = (resource: Resource): string =>
  resources[resource].group ? `${resources[resource].group}/v1` : 'v1'

export type ObjectOf<R extends Resource> = R extends 'pods'
  ? Pod
  : R extends 'nodes'
    ? Node
    : ApiObject & { readonly spec?: object }

/** What etcd holds. Objects are values: a change puts a new one in place of the old. */
export class ObjectStore {
  #objects = new Map<string, ApiObject>()
  /** Sorted; forgotten when one comes or goes. */
  #keys: string[] | undefined
  /** By uid, of those whose removal somebody waits for. */
  #removals = new Map<string, AbortController>()

  /** In the order of names, as the real one lists; without `namespace` of all. */
  list<R extends Resource>(resource: R, namespace?: string): ObjectOf<R>[] {
    const prefix = namespace === undefined ? `${resource}/` : `${resource}/${namespace}/`
    this.#keys ??= [...this.#objects.keys()].sort()
    const keys = this.#keys.filter((key) => key.startsWith(prefix))
    return keys.map((key) => this.#objects.get(key) as ObjectOf<R>)
  }

  find<R extends Resource>(
    resource: R,
    namespace: string | undefined,
    name: string,
  ): ObjectOf<R> | undefined {
    return this.#objects.get(keyOf(resource, { namespace, name })) as ObjectOf<R> | undefined
  }

  /** Adds or replaces. */
  put<R extends Resource>(resource: R, object: ObjectOf<R>): ObjectOf<R> {
    const { kind } = resources[resource]
    const stored = { apiVersion: apiVersionOf(resource), kind, ...object }
    const key = keyOf(resource, object.metadata)
    if (!this.#objects.has(key)) this.#keys = undefined
    this.#objects.set(key, stored)
    return stored
  }

  remove<R extends Resource>(resource: R, object: ObjectOf<R>): void {
    this.#objects.delete(keyOf(resource, object.metadata))
    this.#keys = undefined
    this.#removals.get(object.metadata.uid ?? '')?.abort()
  }

  /** Aborts when the object with that uid is removed. */
  whenRemoved(uid: string): AbortSignal {
    const removal = this.#removals.get(uid) ?? new AbortController()
    this.#removals.set(uid, removal)
    return removal.signal
  }
}

const keyOf = (
  resource: Resource,
  { namespace, name }: { readonly namespace?: string | undefined; readonly name: string },
): string => [resource, namespace, name].filter((part) => part !== undefined).join('/')
