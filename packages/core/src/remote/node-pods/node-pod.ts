import { randomBytes } from 'node:crypto'
import type { Clock } from '../../clock.ts'
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
} from '../cluster/index.ts'
import { NodePodError } from './errors.ts'
import { buildNodePodManifest, type NodePodSpec, processOf } from './node-pod-manifest.ts'

export interface NodePodSettings {
  /** An image with a shell, dd, stat, sha256sum, date and sleep. */
  readonly image: string
  /** Where the pods are made; default: the connection's namespace. */
  readonly namespace?: string
  /** A pod is gone after this time, whatever happens to the command that made it. */
  readonly deadlineSeconds: number
}

export interface PodName {
  readonly namespace: string
  readonly name: string
}

export interface NodePod extends PodName {
  /** Has the pod removed; its node takes a second or two for it. Never fails: `onLeft` is told. */
  remove(): Promise<void>
}

export interface StartOptions {
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Told of a pod that could not be removed. */
  readonly onLeft: (pod: PodName, reason: string) => void
}

const startPatienceMs = 90_000
/** A kubelet takes a pod within a second or two, whatever becomes of it then: one that does not is dead or cut off. */
const acceptPatienceMs = 20_000
/** For requests that nothing cancels: cleaning up must end, also where nobody answers any more. */
const requestPatienceMs = 30_000
const pollMs = 150
/** Of the time between two looks no more counts: this machine may have been asleep. */
const longestStepMs = 5000
/** Starting a program takes a node that writes a checkpoint seconds; one that isn't stopped may stay for minutes. */
const stopPatienceMs = 15_000
/** Not 0, which forgets the pod at once, but leaves its process to the node until the grace period given before. */
const removalGraceSeconds = 1
/** Events about a mount that fails come after a moment and are the only place that tells. */
const eventsAfterMs = 3000

/**
 * Starts a pod on a node, and waits until it runs. If anything fails, or `signal` aborts, the pod is removed.
 * @throws {NodePodError} READER_NOT_ADMITTED; READER_NOT_STARTED.
 * @throws {ClusterError} FORBIDDEN and what else the API server answers.
 */
export async function startNodePod(
  connection: Connection,
  settings: NodePodSettings,
  spec: NodePodSpec,
  options: StartOptions,
): Promise<NodePod> {
  options.signal.throwIfAborted()
  const namespace = namespaceOf(connection, settings)
  const name = nameFor(spec)
  const path = apiPath`/api/v1/namespaces/${namespace}/pods`
  const remove = () =>
    deletePod(connection, `${path}/${name}`, removalGraceSeconds).catch((error: Error) =>
      options.onLeft({ namespace, name }, error.message),
    )
  const pod: NodePod = {
    namespace,
    name,
    async remove() {
      await stopPod(connection, pod, spec)
      await remove()
    },
  }
  const { image, deadlineSeconds } = settings
  try {
    // Without the signal: a request cut off could leave a pod that nobody knows of.
    const manifest = buildNodePodManifest(spec, { name, image, deadlineSeconds })
    await createObject(connection, path, manifest, { timeoutMs: requestPatienceMs })
  } catch (error) {
    if (isLostAnswer(error)) await remove()
    throw notAdmitted(error, spec.role, namespace)
  }
  try {
    await waitUntilRunning(connection, pod, spec, options)
    // Deleted already, with its whole lifetime as grace period: it serves until then, and neither a crash of this
    // process nor a lost connection can leave it behind.
    await deletePod(connection, `${path}/${name}`, deadlineSeconds)
  } catch (error) {
    await remove()
    throw error
  }
  return pod
}

/**
 * Has the API server check a pod as if it were to be made.
 * @throws {NodePodError} READER_NOT_ADMITTED
 * @throws {ClusterError} FORBIDDEN and what else the API server answers.
 */
export async function checkAdmission(
  connection: Connection,
  settings: NodePodSettings,
  spec: NodePodSpec,
  signal: AbortSignal,
): Promise<void> {
  const namespace = namespaceOf(connection, settings)
  const manifest = buildNodePodManifest(spec, { name: nameFor(spec), ...settings })
  const options = { dryRun: true, signal, timeoutMs: requestPatienceMs }
  try {
    await createObject(connection, apiPath`/api/v1/namespaces/${namespace}/pods`, manifest, options)
  } catch (error) {
    throw notAdmitted(error, spec.role, namespace)
  }
}

/** Where pods on nodes are made. */
export const namespaceOf = (connection: Connection, { namespace }: NodePodSettings): string =>
  namespace ?? connection.namespace

const nameFor = ({ role }: NodePodSpec): string => `checkpoint-${role}-${randomBytes(5).toString('hex')}`

async function waitUntilRunning(
  connection: Connection,
  pod: PodName,
  spec: NodePodSpec,
  { clock, signal }: Pick<StartOptions, 'clock' | 'signal'>,
): Promise<void> {
  const path = apiPath`/api/v1/namespaces/${pod.namespace}/pods/${pod.name}`
  let nodeChecked = false
  let waited = 0
  let lookedAt = clock.now()
  for (let state = 'Pending'; ; await clock.sleep(pollMs, signal)) {
    const { status } = await getObject<Pod>(connection, path, { signal })
    const container = status?.containerStatuses?.[0]?.state
    if (container?.running) return
    state = container?.waiting?.reason ?? status?.reason ?? status?.phase ?? state
    const now = clock.now()
    waited += Math.min(now - lookedAt, longestStepMs)
    lookedAt = now
    const message = container?.waiting?.message ?? status?.message
    if (hopeless.test(state) || container?.terminated) throw notStarted(pod, spec, state, message)
    if (waited > eventsAfterMs) {
      if (!nodeChecked && !container) await checkNode(connection, pod, spec, signal)
      nodeChecked = true
      if (waited > acceptPatienceMs && status?.startTime === undefined) {
        const silence = `its kubelet has not taken the pod in ${acceptPatienceMs / 1000} s`
        throw notStarted(pod, spec, kubeletSilent, silence)
      }
      const warning = await lastWarning(connection, pod, signal)
      if (waited > startPatienceMs || warning?.reason === 'FailedMount') {
        throw notStarted(pod, spec, warning?.reason ?? state, warning?.message ?? message)
      }
    }
  }
}

/** A pod for a node that doesn't exist waits for ever. Whoever may not read nodes waits the full time. */
async function checkNode(
  connection: Connection,
  pod: PodName,
  spec: NodePodSpec,
  signal: AbortSignal,
): Promise<void> {
  try {
    await getObject(connection, apiPath`/api/v1/nodes/${spec.node}`, { signal })
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error
    if (error.code === 'OBJECT_NOT_FOUND') throw notStarted(pod, spec, 'NoSuchNode', error.message)
    if (error.code !== 'FORBIDDEN') throw error
  }
}

const kubeletSilent = 'KubeletSilent'

const hopeless =
  /^(ErrImage|ImagePullBackOff|InvalidImageName|CreateContainer|RunContainerError|Failed|OutOf|NodeAffinity)/

async function lastWarning(
  connection: Connection,
  pod: PodName,
  signal: AbortSignal,
): Promise<Event | undefined> {
  try {
    const query = { fieldSelector: `involvedObject.name=${pod.name},type=Warning` }
    const events = await listObjects<Event>(connection, apiPath`/api/v1/namespaces/${pod.namespace}/events`, {
      query,
      signal,
    })
    return events.at(-1)
  } catch (error) {
    // Whoever may not see events learns the pod's own state.
    if (error instanceof ClusterError && error.code === 'FORBIDDEN') return undefined
    throw error
  }
}

/** The pod may have been made all the same. */
const isLostAnswer = (error: unknown): boolean =>
  error instanceof ClusterError && (error.code === 'CONNECTION_LOST' || error.code === 'REQUEST_TIMED_OUT')

/**
 * Has the pod's process end, so that the node need not end it: a kubelet that is told of a shorter grace period than
 * before takes ten seconds to act on it, or under load minutes. Whether it worked doesn't matter: the deletion follows.
 */
async function stopPod(
  connection: Connection,
  { namespace, name }: PodName,
  spec: NodePodSpec,
): Promise<void> {
  try {
    const signal = AbortSignal.timeout(stopPatienceMs)
    const command = processOf(spec.processes).stop
    const request = { namespace, pod: name, container: spec.role, command, signal }
    await using exec = await connection.exec(request)
    await exec.status
  } catch {}
}

async function deletePod(connection: Connection, path: string, gracePeriodSeconds: number): Promise<void> {
  try {
    await deleteObject(connection, path, { gracePeriodSeconds, timeoutMs: requestPatienceMs })
  } catch (error) {
    if (!(error instanceof ClusterError && error.code === 'OBJECT_NOT_FOUND')) throw error
  }
}

function notAdmitted(error: unknown, role: NodePodSpec['role'], namespace: string): unknown {
  if (!(error instanceof ClusterError) || !error.message.includes('violates PodSecurity')) return error
  return new NodePodError('READER_NOT_ADMITTED', error.message, {
    hint:
      `A ${role} pod mounts a folder of the node, which the PodSecurity level of namespace ${namespace} forbids. ` +
      'Name one that admits privileged pods with --reader-namespace (kube-system often does), or make one and repeat ' +
      'the command with --reader-namespace checkpoint-readers.',
    fix: {
      commands: [
        'kubectl create namespace checkpoint-readers',
        'kubectl label namespace checkpoint-readers pod-security.kubernetes.io/enforce=privileged',
      ],
    },
    cause: error,
  })
}

function notStarted(
  pod: PodName,
  spec: NodePodSpec,
  reason: string,
  message: string | undefined,
): NodePodError {
  return new NodePodError(
    'READER_NOT_STARTED',
    `${spec.role} pod ${pod.namespace}/${pod.name} on ${spec.node} did not start: ${reason}${message ? `: ${message}` : ''}`,
    { hint: startHint(reason, spec) },
  )
}

function startHint(reason: string, { node, directory }: NodePodSpec): string {
  if (/Image/.test(reason))
    return 'Name an image that the node can pull with --reader-image; one with busybox is enough.'
  if (reason === 'NoSuchNode') return 'See the names of nodes with: kubectl get nodes'
  if (reason === kubeletSilent)
    return `See whether the node is Ready, and its kubelet runs: kubectl describe node ${node}`
  if (reason === 'FailedMount') return `Look whether ${directory} is a folder on ${node}.`
  return `Look at the node with: kubectl describe node ${node}`
}
