import { randomBytes, randomUUID } from 'node:crypto'
import type { Container, ContainerState, ContainerStatus } from '@kubectl-checkpoint/core/remote/cluster'
import { notFound, statusRefusal } from './answers.ts'
import type { Faults } from './faults.ts'
import type { Load } from './load.ts'
import { mergePatch } from './merge-patch.ts'
import type { ObjectStore, Pod } from './objects.ts'

/** Long enough that a client sees its pod Pending first. */
const startDelayMs = 10

export interface PodsOptions {
  readonly store: ObjectStore
  readonly faults: Faults
  readonly now: () => Date
  readonly load: Load
}

export const rfc3339 = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, 'Z')

export const containersOf = ({ spec }: Pod): Container[] => [
  ...(spec.initContainers ?? []),
  ...spec.containers,
  ...(spec.ephemeralContainers ?? []),
]

export function isRunning({ status }: Pod, container: string): boolean {
  const { containerStatuses = [], initContainerStatuses = [], ephemeralContainerStatuses = [] } = status ?? {}
  const statuses = [...initContainerStatuses, ...containerStatuses, ...ephemeralContainerStatuses]
  return statuses.find(({ name }) => name === container)?.state?.running !== undefined
}

export const buildContainerStatus = (name: string, state: ContainerState): ContainerStatus => ({
  name,
  ready: state.running !== undefined,
  restartCount: 0,
  state,
})

/** Checks a new pod, and unless it is a dry run stores it: Pending first, Running a moment later. */
export function createPod(options: PodsOptions, namespace: string, body: unknown, dryRun: boolean): Pod {
  const { store, faults, now, load } = options
  const { metadata, spec } = body as Partial<Pod>
  const { generateName } = (metadata ?? {}) as { generateName?: string }
  const name = metadata?.name ?? (generateName && `${generateName}${randomBytes(3).toString('hex').slice(1)}`)
  if (!store.find('namespaces', undefined, namespace)) throw notFound('namespaces', namespace)
  if (!name) throw invalid('', 'metadata.name: Required value: name or generateName is required')
  if (!spec?.containers?.length) throw invalid(name, 'spec.containers: Required value')
  const imageless = spec.containers.findIndex(({ image }) => !image)
  if (imageless >= 0) throw invalid(name, `spec.containers[${imageless}].image: Required value`)
  admit(name, spec, faults.podSecurity)
  if (store.find('pods', namespace, name)) {
    const details = { name, kind: 'pods' }
    throw statusRefusal(409, 'AlreadyExists', `pods "${name}" already exists`, details)
  }
  const pod: Pod = {
    ...(body as Pod),
    metadata: { ...metadata, name, namespace, uid: randomUUID(), creationTimestamp: rfc3339(now()) },
    status: { phase: 'Pending' },
  }
  if (dryRun) return pod
  setTimeout(() => {
    const current = store.find('pods', namespace, name)
    if (current && current.metadata.uid === pod.metadata.uid) startPod(options, current)
  }, startDelayMs).unref()
  load.pods.enter()
  store.whenRemoved(pod.metadata.uid ?? '').addEventListener('abort', () => load.pods.leave())
  return store.put('pods', pod)
}

const invalid = (name: string, cause: string) =>
  statusRefusal(422, 'Invalid', `Pod "${name}" is invalid: ${cause}`, { name, kind: 'Pod' })

function admit(name: string, spec: Pod['spec'], level: Faults['podSecurity']): void {
  const volume = spec.volumes?.find(({ hostPath }) => hostPath)?.name
  if (!level || volume === undefined) return
  const violation =
    level === 'baseline'
      ? `hostPath volumes (volume "${volume}")`
      : `restricted volume types (volume "${volume}" uses restricted volume type "hostPath")`
  const message = `pods "${name}" is forbidden: violates PodSecurity "${level}:latest": ${violation}`
  throw statusRefusal(403, 'Forbidden', message, { name, kind: 'pods' })
}

function startPod({ store, faults, now }: PodsOptions, pod: Pod): void {
  // Without its node there is no kubelet to start it, and what has ended doesn't start.
  const { nodeName = '' } = pod.spec
  if (
    !store.find('nodes', undefined, nodeName) ||
    faults.nodes.has(nodeName) ||
    pod.status?.phase === 'Failed'
  )
    return
  const { podWaiting } = faults
  const statuses = pod.spec.containers.map((container) => {
    const message = podWaiting === 'ImagePullBackOff' ? `Back-off pulling image "${container.image}"` : ''
    const running = { running: { startedAt: rfc3339(now()) } }
    return buildContainerStatus(
      container.name,
      podWaiting ? { waiting: { reason: podWaiting, message } } : running,
    )
  })
  const phase = podWaiting ? 'Pending' : 'Running'
  store.put('pods', { ...pod, status: { phase, startTime: rfc3339(now()), containerStatuses: statuses } })
}

/** Applies a merge patch, unless it is meant for another pod of this name: a UID never changes. */
export function patchPod({ store }: PodsOptions, pod: Pod, patch: unknown): Pod {
  const { name, uid } = pod.metadata
  const patched = mergePatch(pod, patch) as Pod
  if (patched.metadata.uid === uid) return store.put('pods', patched)
  throw invalid(name, `metadata.uid: Invalid value: "${patched.metadata.uid}": field is immutable`)
}

export interface DeleteOptions {
  readonly gracePeriodSeconds?: number
}

/** Removes a pod: at once without grace, or where nothing runs; else marks it, and it works on until the grace ends. */
export function deletePod({ store, now }: PodsOptions, pod: Pod, options: DeleteOptions = {}): Pod {
  const { name, namespace, uid } = pod.metadata
  const grace = options.gracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30
  if (grace === 0 || pod.status?.phase !== 'Running') {
    store.remove('pods', pod)
    return pod
  }
  setTimeout(() => {
    const current = store.find('pods', namespace, name)
    if (current && current.metadata.uid === uid) store.remove('pods', current)
  }, grace * 1000).unref()
  const deletionTimestamp = rfc3339(new Date(now().getTime() + grace * 1000))
  const metadata = { ...pod.metadata, deletionTimestamp, deletionGracePeriodSeconds: grace }
  return store.put('pods', { ...pod, metadata })
}
