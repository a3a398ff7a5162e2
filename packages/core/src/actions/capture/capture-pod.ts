import { CheckpointError } from '../../errors.ts'
import {
  type CheckpointQueue,
  type KubeletEndpoint,
  KubeletError,
  requestCheckpoint,
  warmUp,
} from '../../remote/kubelet/index.ts'
import type { TargetContainer } from '../../remote/targets/index.ts'
import { archiveOnNode } from '../archive-name.ts'
import { containerItem } from '../container-item.ts'
import { fetchArchive } from '../fetch-archive.ts'
import { reportFailure } from '../item-failure.ts'
import type { Scope } from '../scope.ts'
import { annotatePod } from './annotate-pod.ts'
import type { ArchiveSearch } from './archive-search.ts'
import type { CapturedCheckpoint, CaptureFailure, CaptureRequest, PodSpread } from './capture.ts'
import { recordRefused, recordTaken } from './record-outcome.ts'

/** What the pods of one run share. */
export interface CaptureTools {
  readonly queue: CheckpointQueue
  readonly search: ArchiveSearch
  endpointOf(node: string): Promise<KubeletEndpoint>
  /** The same error, with the reason that CRIU's log gives. */
  explain(container: TargetContainer, error: KubeletError): Promise<KubeletError>
}

/** The containers of one pod that are wanted; at least one. */
export type PodContainers = readonly [TargetContainer, ...TargetContainer[]]

export interface PodOutcome {
  readonly spread?: PodSpread
  readonly containers: readonly ContainerOutcome[]
}

interface ContainerOutcome {
  readonly checkpoint?: CapturedCheckpoint
  readonly failure?: CaptureFailure
}

/** Checkpoints containers of one pod at the same moment. Failures are in what it returns. */
export async function capturePod(
  scope: Scope,
  request: CaptureRequest,
  containers: PodContainers,
  tools: CaptureTools,
): Promise<PodOutcome> {
  const { emit } = scope
  const { answers, sentAt } = await callKubelet(scope, request, containers, tools)
  const spread = spreadOf(containers[0], [...sentAt.values()])
  if (spread) {
    const { namespace, pod, ...notice } = spread
    emit({ type: 'notice', notice: { kind: 'started-together', pod: `${namespace}/${pod}`, ...notice } })
  }
  const taken = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  const [outcomes] = await Promise.all([
    Promise.all(
      containers.map((container, index) =>
        settle(scope, request, container, answers[index], sentAt.get(container), tools),
      ),
    ),
    request.annotate && taken.length > 0 && annotatePod(scope, containers[0], taken),
  ])
  return { ...(spread && { spread }), containers: outcomes }
}

interface Answers {
  /** In the order of the containers. */
  readonly answers: readonly PromiseSettledResult<CapturedCheckpoint>[]
  readonly sentAt: ReadonlyMap<TargetContainer, number>
}

async function callKubelet(
  { clock, emit, signal }: Scope,
  { timeoutSeconds }: CaptureRequest,
  containers: PodContainers,
  { queue, endpointOf }: CaptureTools,
): Promise<Answers> {
  const [{ node }] = containers
  const sentAt = new Map<TargetContainer, number>()
  const prepare = async (): Promise<KubeletEndpoint> => {
    const endpoint = await endpointOf(node)
    if (containers.length > 1) await warmUp(endpoint, containers.length, signal)
    return endpoint
  }
  const call = async (container: TargetContainer, endpoint: KubeletEndpoint): Promise<CapturedCheckpoint> => {
    const onSent = () => {
      sentAt.set(container, clock.now())
      emit({ type: 'phase', item: containerItem(container), phase: 'checkpointing' })
    }
    const { path } = await requestCheckpoint(endpoint, container, { timeoutSeconds, signal, onSent })
    const { namespace, pod, container: name } = container
    const began = sentAt.get(container) ?? clock.now()
    return {
      namespace,
      pod,
      container: name,
      node,
      path,
      archive: archiveOnNode(node, path),
      startedAt: new Date(began).toISOString(),
      durationSeconds: (clock.now() - began) / 1000,
    }
  }
  try {
    return { answers: await queue.run({ node, containers, prepare, call }, signal), sentAt }
  } catch (reason) {
    return { answers: containers.map(() => ({ status: 'rejected', reason })), sentAt }
  }
}

function spreadOf({ namespace, pod }: TargetContainer, sentAt: readonly number[]): PodSpread | undefined {
  if (sentAt.length < 2) return undefined
  const spreadSeconds = (Math.max(...sentAt) - Math.min(...sentAt)) / 1000
  return { namespace, pod, containers: sentAt.length, spreadSeconds }
}

async function settle(
  scope: Scope,
  request: CaptureRequest,
  container: TargetContainer,
  answer: PromiseSettledResult<CapturedCheckpoint> | undefined,
  sentAt: number | undefined,
  tools: CaptureTools,
): Promise<ContainerOutcome> {
  if (answer?.status === 'fulfilled') return keep(scope, request, container, answer.value)
  return { failure: await accountFor(scope, container, answer?.reason, sentAt, tools) }
}

/** Remembers a checkpoint that was taken, and fetches it if that is wanted. */
async function keep(
  scope: Scope,
  { fetchTo, note }: CaptureRequest,
  container: TargetContainer,
  checkpoint: CapturedCheckpoint,
): Promise<ContainerOutcome> {
  const { emit } = scope
  const { node, path, archive } = checkpoint
  const item = containerItem(container)
  await recordTaken(scope, checkpoint, note)
  try {
    const local = fetchTo === undefined ? undefined : await fetchArchive(scope, item, node, path, fetchTo)
    emit({ type: 'phase', item, phase: 'done' })
    return { checkpoint: { ...checkpoint, ...(local && { local }) } }
  } catch (error) {
    emit({ type: 'notice', item, notice: { kind: 'archive-stays', archive } })
    return { checkpoint, failure: { ...reportFailure(scope, item, error), outcome: 'not-fetched' } }
  }
}

/** What became of a call that didn't succeed. */
async function accountFor(
  scope: Scope,
  container: TargetContainer,
  error: unknown,
  sentAt: number | undefined,
  { search, explain }: CaptureTools,
): Promise<CaptureFailure> {
  const { emit, signal } = scope
  const item = containerItem(container)
  if (sentAt === undefined) return { ...reportFailure(scope, item, error), outcome: 'not-started' }
  if (isBrokenOff(error) || (signal.aborted && error === signal.reason)) {
    emit({ type: 'phase', item, phase: 'searching' })
    const found = await search.find(container, sentAt)
    emit({ type: 'notice', item, notice: found })
    if (error instanceof KubeletError) await recordRefused(scope, container, error)
    return { ...reportFailure(scope, item, error), outcome: 'unknown', found }
  }
  if (!(error instanceof KubeletError)) return { ...reportFailure(scope, item, error), outcome: 'refused' }
  const explained = await explain(container, error)
  await recordRefused(scope, container, explained)
  return { ...reportFailure(scope, item, explained), outcome: 'refused' }
}

/** The call reached the kubelet, or may have, but no answer says how it ended. */
const isBrokenOff = (error: unknown): boolean =>
  error instanceof CheckpointError && brokenOff.includes(error.code)

const brokenOff = ['CONNECTION_LOST', 'CALL_INTERRUPTED', 'CHECKPOINT_TIMED_OUT', 'UNEXPECTED_ANSWER']
