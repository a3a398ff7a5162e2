import type { Clock } from '../../clock.ts'
import {
  apiPath,
  ClusterError,
  type Connection,
  type Event,
  getObject,
  listObjects,
  type Pod,
} from '../../remote/cluster/index.ts'
import type { ActionEvent } from '../events.ts'
import { restoredLabel, type WorkloadManifest } from './workload.ts'

const pollMs = 500

export interface Watch {
  readonly connection: Connection
  readonly clock: Clock
  readonly emit: (event: ActionEvent) => void
  readonly signal: AbortSignal
}

/** Why a pod is not ready, and won't be. */
export interface Failure {
  /** Of its status, or that its time is over. */
  readonly trouble: string
  /** What the cluster has said of it, the oldest first. */
  readonly events: readonly string[]
}

export type Outcome =
  | { readonly pod: Pod; readonly failure?: never }
  | { readonly pod: Pod | undefined; readonly failure: Failure }

/** Waits for the pod of what was made; tells of what the cluster says of it meanwhile. */
export async function waitUntilReady(
  watch: Watch,
  workload: WorkloadManifest,
  container: string,
  timeoutSeconds: number,
): Promise<Outcome> {
  const { clock, signal } = watch
  const tellEvents = eventTeller(watch, workload.metadata)
  const end = clock.now() + timeoutSeconds * 1000
  while (true) {
    const pod = await findPod(watch, workload)
    const events = pod ? await tellEvents(pod) : []
    if (pod && isReady(pod)) return { pod }
    const trouble = pod && findTrouble(pod, container)
    if (trouble !== undefined) return { pod, failure: { trouble, events } }
    if (clock.now() >= end) {
      return { pod, failure: { trouble: tooLate(pod, container, timeoutSeconds, events), events } }
    }
    await clock.sleep(pollMs, signal)
  }
}

/** Undefined: the deployment's controller has made none yet. */
async function findPod(
  { connection, signal }: Watch,
  { kind, metadata }: WorkloadManifest,
): Promise<Pod | undefined> {
  const pods = apiPath`/api/v1/namespaces/${metadata.namespace}/pods`
  if (kind === 'Pod') return getObject<Pod>(connection, `${pods}/${metadata.name}`, { signal })
  const query = { labelSelector: `${restoredLabel}=${metadata.name}` }
  const [pod] = await listObjects<Pod>(connection, pods, { query, signal })
  return pod
}

const isReady = ({ status }: Pod): boolean =>
  status?.phase === 'Running' &&
  status.containerStatuses !== undefined &&
  status.containerStatuses.length > 0 &&
  status.containerStatuses.every(({ ready }) => ready === true)

/** States that a kubelet tries its way out of for ever. */
const hopeless =
  /^(?:CreateContainerError|CreateContainerConfigError|RunContainerError|CrashLoopBackOff|ImagePullBackOff|InvalidImageName|StartError)$/

function findTrouble({ status }: Pod, container: string): string | undefined {
  if (status?.phase === 'Failed') {
    return [status.reason, status.message].filter(Boolean).join(': ') || 'it ended'
  }
  for (const { name, state, lastState } of status?.containerStatuses ?? []) {
    const { waiting } = state ?? {}
    const ended = state?.terminated ?? lastState?.terminated
    if (name === container && ended?.message !== undefined) return ended.message
    if (waiting?.reason !== undefined && hopeless.test(waiting.reason)) {
      return [`container ${name}`, waiting.reason, waiting.message].filter(Boolean).join(': ')
    }
  }
  return undefined
}

function tooLate(
  pod: Pod | undefined,
  container: string,
  timeoutSeconds: number,
  events: readonly string[],
): string {
  const state = pod?.status?.containerStatuses?.find(({ name }) => name === container)?.state
  const known = [state?.waiting?.reason ?? pod?.status?.phase ?? 'it has no pod', events.at(-1)]
  return `it was not ready after ${timeoutSeconds} s: ${known.filter(Boolean).join(': ')}`
}

/** Tells of each new event of a pod; returns all. Whoever may not see events learns the pod's own state. */
function eventTeller(
  { connection, emit, signal }: Watch,
  { namespace, name }: WorkloadManifest['metadata'],
): (pod: Pod) => Promise<readonly string[]> {
  const told = new Set<string>()
  const path = apiPath`/api/v1/namespaces/${namespace}/events`
  return async ({ metadata: { uid } }) => {
    const query = { fieldSelector: `involvedObject.kind=Pod,involvedObject.uid=${uid}` }
    const events = await listObjects<Event>(connection, path, { query, signal }).catch((error) => {
      if (error instanceof ClusterError && error.code === 'FORBIDDEN') return []
      throw error
    })
    for (const { metadata, reason = '', message = '' } of events) {
      if (told.has(metadata.name)) continue
      told.add(metadata.name)
      emit({ type: 'notice', item: `${namespace}/${name}`, notice: { kind: 'pod-event', reason, message } })
    }
    return events.map(({ message = '' }) => message)
  }
}
