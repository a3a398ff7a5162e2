import { CheckpointError } from '../errors.ts'
import {
  createCheckpointQueue,
  type KubeletEndpoint,
  KubeletError,
  requestCheckpoint,
  resolveEndpoint,
} from '../remote/kubelet/index.ts'
import { resolveTargets, type TargetContainer } from '../remote/targets/index.ts'
import { archiveOnNode } from './archive-name.ts'
import type { CapturedCheckpoint, CaptureRequest, CaptureResult } from './capture.ts'
import { containerItem } from './container-item.ts'
import type { Context } from './context.ts'
import type { ActionEvent } from './events.ts'
import { explainFromLog } from './explain-from-log.ts'
import { fetchArchive } from './fetch-archive.ts'
import { findAppearedArchive } from './find-appeared-archive.ts'
import { type ItemFailure, reportFailure } from './item-failure.ts'
import { makeFolder } from './make-folder.ts'
import { recordRefused, recordTaken } from './record-outcome.ts'
import { openScope, type Scope } from './scope.ts'

/** Their containers stand still meanwhile, and all write to one disk. */
const defaultPerNode = 4

/** The kubelet takes no shorter timeout than its runtimeRequestTimeout, of which this is the default. */
const kubeletMinimumSeconds = 120

/** What `capture` does. */
export async function takeCheckpoints(
  request: CaptureRequest,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<CaptureResult> {
  // Before anything stands still for an archive that could not be put anywhere.
  if (request.fetchTo !== undefined) await makeFolder(request.fetchTo)
  await using scope = await openScope(context, emit, signal)
  const { containers, notices } = await resolveTargets(scope.connection, request, { signal })
  for (const notice of notices) emit({ type: 'notice', notice })
  const { timeoutSeconds } = request
  if (timeoutSeconds !== undefined && timeoutSeconds < kubeletMinimumSeconds) {
    const minimumSeconds = kubeletMinimumSeconds
    emit({ type: 'notice', notice: { kind: 'timeout-below-minimum', timeoutSeconds, minimumSeconds } })
  }
  const queue = createCheckpointQueue({ perNode: request.perNode ?? defaultPerNode, clock: context.clock })
  const endpoints = new Map<string, Promise<KubeletEndpoint>>()
  const endpointOf = (node: string): Promise<KubeletEndpoint> => {
    const endpoint = endpoints.get(node) ?? resolveEndpoint(scope.connection, node, request.direct, signal)
    endpoints.set(node, endpoint)
    return endpoint
  }
  const outcomes = await Promise.all(
    containers.map((container) =>
      captureOne(scope, request, container, () =>
        queue.run(
          container,
          async () => callKubelet(scope, request, container, await endpointOf(container.node)),
          signal,
        ),
      ),
    ),
  )
  // The next command may be a script's next line, and knows nothing of this one.
  if (!signal.aborted) await queue.rest()
  return {
    checkpoints: outcomes.flatMap(({ checkpoint }) => checkpoint ?? []),
    failures: outcomes.flatMap(({ failure }) => failure ?? []),
  }
}

interface Outcome {
  readonly checkpoint?: CapturedCheckpoint
  readonly failure?: ItemFailure
}

async function captureOne(
  scope: Scope,
  { fetchTo }: CaptureRequest,
  container: TargetContainer,
  call: () => Promise<CapturedCheckpoint>,
): Promise<Outcome> {
  const { emit } = scope
  const item = containerItem(container)
  let checkpoint: CapturedCheckpoint | undefined
  try {
    emit({ type: 'phase', item, phase: 'waiting' })
    checkpoint = await call()
    if (fetchTo !== undefined) {
      const local = await fetchArchive(scope, item, checkpoint.node, checkpoint.path, fetchTo)
      checkpoint = { ...checkpoint, local }
    }
    emit({ type: 'phase', item, phase: 'done' })
    return { checkpoint }
  } catch (error) {
    if (checkpoint) {
      emit({ type: 'notice', item, notice: { kind: 'archive-stays', archive: checkpoint.archive } })
    }
    return { ...(checkpoint && { checkpoint }), failure: reportFailure(scope, item, error) }
  }
}

async function callKubelet(
  scope: Scope,
  { timeoutSeconds }: CaptureRequest,
  container: TargetContainer,
  endpoint: KubeletEndpoint,
): Promise<CapturedCheckpoint> {
  const { clock, emit, signal } = scope
  const item = containerItem(container)
  emit({ type: 'phase', item, phase: 'checkpointing' })
  const began = clock.now()
  try {
    const { path } = await requestCheckpoint(endpoint, container, { timeoutSeconds, signal })
    const { namespace, pod, node } = container
    const archive = archiveOnNode(node, path)
    const durationSeconds = (clock.now() - began) / 1000
    await recordTaken(scope, container, path, began)
    return { namespace, pod, container: container.container, node, path, archive, durationSeconds }
  } catch (error) {
    if (signal.aborted || isBrokenOff(error)) {
      emit({ type: 'phase', item, phase: 'searching' })
      emit({ type: 'notice', item, notice: await findAppearedArchive(scope, container, began) })
    }
    if (!(error instanceof KubeletError)) throw error
    const explained = await explainFromLog(scope, item, container.node, error)
    await recordRefused(scope, container, explained)
    throw explained
  }
}

/** The call reached the kubelet, or may have, but no answer says how it ended. */
const isBrokenOff = (error: unknown): boolean =>
  error instanceof CheckpointError && brokenOff.includes(error.code)

const brokenOff = ['CONNECTION_LOST', 'CALL_INTERRUPTED', 'CHECKPOINT_TIMED_OUT', 'UNEXPECTED_ANSWER']
