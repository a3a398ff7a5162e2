import { explainRestoreFailure } from '../../diagnosis/index.ts'
import type { RestoredPod, RestorePlan } from '../../documents/index.ts'
import {
  apiPath,
  ClusterError,
  type Connection,
  createObject,
  deleteObject,
  type Event,
  getObject,
  listObjects,
  type Pod,
} from '../../remote/cluster/index.ts'
import type { Context } from '../context.ts'
import { ActionError } from '../errors.ts'
import type { ActionEvent } from '../events.ts'
import { connectToRestore } from './connect-to-restore.ts'
import type { ApplyRequest } from './restore.ts'

const pollMs = 500
/** For requests that nothing cancels: cleaning up must end, also where nobody answers any more. */
const requestPatienceMs = 30_000

/** What `applyRestore` does. */
export async function makePod(
  plan: RestorePlan,
  { timeoutSeconds }: ApplyRequest,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<RestoredPod> {
  const [blocker] = plan.blockers
  if (blocker) throw blocked(plan)
  const connection = await connectToRestore(context)
  const { namespace } = connection
  const pods = apiPath`/api/v1/namespaces/${namespace}/pods`
  signal.throwIfAborted()
  // Without the signal: a request cut off could leave a pod that nobody knows of.
  const made = await createObject<Pod>(connection, pods, plan.pod, { timeoutMs: requestPatienceMs })
  const { name } = made.metadata
  const item = `${namespace}/${name}`
  const began = context.clock.now()
  emit({ type: 'phase', item, phase: 'restoring' })
  try {
    const ready = await waitUntilReady({ connection, context, emit, signal }, made, plan, timeoutSeconds)
    emit({ type: 'phase', item, phase: 'done' })
    return {
      apiVersion: 'kubectl-checkpoint/v1',
      kind: 'RestoredPod',
      namespace,
      pod: name,
      container: plan.container,
      ...(ready.spec.nodeName !== undefined && { node: ready.spec.nodeName }),
      image: plan.image,
      readySeconds: (context.clock.now() - began) / 1000,
      warnings: plan.warnings,
    }
  } catch (error) {
    emit({ type: 'phase', item, phase: 'failed' })
    await remove(connection, `${pods}/${name}`, namespace, name, emit)
    throw error
  }
}

interface Watch {
  readonly connection: Connection
  readonly context: Pick<Context, 'clock'>
  readonly emit: (event: ActionEvent) => void
  readonly signal: AbortSignal
}

/** @throws {ActionError} RESTORE_FAILED */
async function waitUntilReady(
  watch: Watch,
  { metadata }: Pod,
  { container, image }: RestorePlan,
  timeoutSeconds: number,
): Promise<Pod> {
  const { connection, context, signal } = watch
  const { namespace = '', name, uid = '' } = metadata
  const path = apiPath`/api/v1/namespaces/${namespace}/pods/${name}`
  const events = eventTeller(watch, `${namespace}/${name}`, namespace, uid)
  const end = context.clock.now() + timeoutSeconds * 1000
  while (true) {
    const pod = await getObject<Pod>(connection, path, { signal })
    const told = await events()
    if (isReady(pod)) return pod
    const trouble = findTrouble(pod, container)
    if (trouble !== undefined) throw failed(name, image, trouble, told)
    if (context.clock.now() >= end) {
      const state = pod.status?.containerStatuses?.find((one) => one.name === container)?.state?.waiting
        ?.reason
      const known = [state ?? pod.status?.phase, told.at(-1)?.message].filter(Boolean).join(': ')
      throw failed(name, image, `it was not ready after ${timeoutSeconds} s: ${known}`, told)
    }
    await context.clock.sleep(pollMs, signal)
  }
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
  if (status?.phase === 'Failed')
    return [status.reason, status.message].filter(Boolean).join(': ') || 'it ended'
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

/** Tells of each new event of the pod; returns all. Whoever may not see events learns the pod's own state. */
function eventTeller(
  { connection, emit, signal }: Watch,
  item: string,
  namespace: string,
  uid: string,
): () => Promise<readonly Event[]> {
  const told = new Set<string>()
  const path = apiPath`/api/v1/namespaces/${namespace}/events`
  const query = { fieldSelector: `involvedObject.kind=Pod,involvedObject.uid=${uid}` }
  return async () => {
    const events = await listObjects<Event>(connection, path, { query, signal }).catch((error) => {
      if (error instanceof ClusterError && error.code === 'FORBIDDEN') return []
      throw error
    })
    for (const { metadata, reason = '', message = '' } of events) {
      if (told.has(metadata.name)) continue
      told.add(metadata.name)
      emit({ type: 'notice', item, notice: { kind: 'pod-event', reason, message } })
    }
    return events
  }
}

async function remove(
  connection: Connection,
  path: string,
  namespace: string,
  pod: string,
  emit: (event: ActionEvent) => void,
): Promise<void> {
  try {
    await deleteObject(connection, path, { timeoutMs: requestPatienceMs })
  } catch (error) {
    if (error instanceof ClusterError && error.code === 'OBJECT_NOT_FOUND') return
    const reason = error instanceof Error ? error.message : `${error}`
    emit({ type: 'notice', notice: { kind: 'pod-left', namespace, pod, reason } })
  }
}

function blocked({ image, blockers }: RestorePlan): ActionError {
  const [first, ...others] = blockers
  const more = others.length === 0 ? '' : ` (and ${others.length} more, which --dry-run=client shows)`
  return new ActionError('RESTORE_BLOCKED', `${image}: ${first?.message}${more}`, {
    ...(first?.hint !== undefined && { hint: first.hint }),
  })
}

function failed(pod: string, image: string, trouble: string, events: readonly Event[]): ActionError {
  const texts = [trouble, ...events.map(({ message = '' }) => message)]
  const explanation = texts.map((text) => explainRestoreFailure(text)).find((found) => found !== undefined)
  const [cause] = explanation?.causes ?? []
  return new ActionError(
    'RESTORE_FAILED',
    `${image} was not restored: ${cause ? `${cause.meaning} ` : ''}${trouble}`,
    {
      hint: cause?.hint ?? `The pod ${pod} has been removed again.`,
      ...(cause?.fix && { fix: cause.fix }),
    },
  )
}
