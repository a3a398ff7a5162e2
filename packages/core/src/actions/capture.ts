import { CheckpointError } from '../errors.ts'
import type { DirectTls } from '../remote/cluster/index.ts'
import {
  createCheckpointQueue,
  type KubeletEndpoint,
  KubeletError,
  requestCheckpoint,
  resolveEndpoint,
} from '../remote/kubelet/index.ts'
import { resolveTargets, type TargetContainer } from '../remote/targets/index.ts'
import { archiveOnNode } from './archive-name.ts'
import { containerItem } from './container-item.ts'
import type { ActionOptions, Context } from './context.ts'
import type { LocalArchive } from './download.ts'
import { type ActionEvent, coalesceProgress } from './events.ts'
import { explainFromLog } from './explain-from-log.ts'
import { fetchArchive } from './fetch-archive.ts'
import { findAppearedArchive } from './find-appeared-archive.ts'
import { type ItemFailure, reportFailure } from './item-failure.ts'
import { makeFolder } from './make-folder.ts'
import { type Run, startRun } from './run.ts'
import { openScope, type Scope } from './scope.ts'

export interface CaptureRequest {
  /** `POD`, `POD/CONTAINER`, `TYPE/NAME[/CONTAINER]`. */
  readonly targets: readonly string[]
  /** Label selector, in place of names. */
  readonly selector?: string
  readonly allNamespaces?: boolean
  readonly container?: string
  readonly allContainers?: boolean
  /** For the kubelet, which silently raises it to its own minimum. */
  readonly timeoutSeconds?: number
  /** Ask the kubelets themselves rather than through the API server. */
  readonly direct?: DirectTls
  /** How many checkpoints one node takes at the same time, at most. Default 4. */
  readonly perNode?: number
  /** The local folder that the archives are brought into. */
  readonly fetchTo?: string
}

export interface CapturedCheckpoint {
  readonly namespace: string
  readonly pod: string
  readonly container: string
  readonly node: string
  /** Absolute, on the node. */
  readonly path: string
  /** `NODE:FILE` or `NODE:/folder/FILE`, as every command takes it. */
  readonly archive: string
  /** From the call to its answer; the container stood still for a part of it. */
  readonly durationSeconds: number
  readonly local?: LocalArchive
}

/** An item may be in both lists: its checkpoint was taken, but could not be fetched. */
export interface CaptureResult {
  readonly checkpoints: readonly CapturedCheckpoint[]
  readonly failures: readonly ItemFailure[]
}

/** Their containers stand still meanwhile, and all write to one disk. */
const defaultPerNode = 4

/** The kubelet takes no shorter timeout than its runtimeRequestTimeout, of which this is the default. */
const kubeletMinimumSeconds = 120

/**
 * Checkpoints containers, each with one call that is never repeated, and fetches the archives if asked to. Failures
 * of single containers, and a cancellation once calls have begun, are in the result, which thus is a full account.
 * @throws {ByteSourceError} FILE_NOT_WRITABLE; what connecting and resolving targets throw.
 */
export function capture(
  request: CaptureRequest,
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, CaptureResult> {
  return startRun(async (emit) => {
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
  }, coalesceProgress)
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
    return { namespace, pod, container: container.container, node, path, archive, durationSeconds }
  } catch (error) {
    if (signal.aborted || isBrokenOff(error)) {
      emit({ type: 'phase', item, phase: 'searching' })
      emit({ type: 'notice', item, notice: await findAppearedArchive(scope, container, began) })
    }
    throw error instanceof KubeletError ? await explainFromLog(scope, item, container.node, error) : error
  }
}

/** The call reached the kubelet, or may have, but no answer says how it ended. */
const isBrokenOff = (error: unknown): boolean =>
  error instanceof CheckpointError && brokenOff.includes(error.code)

const brokenOff = ['CONNECTION_LOST', 'CALL_INTERRUPTED', 'CHECKPOINT_TIMED_OUT', 'UNEXPECTED_ANSWER']
