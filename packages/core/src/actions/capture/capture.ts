import type { DirectTls } from '../../remote/cluster/index.ts'
import type { ActionOptions, Context } from '../context.ts'
import type { LocalArchive } from '../download.ts'
import { type ActionEvent, coalesceProgress } from '../events.ts'
import type { ItemFailure } from '../item-failure.ts'
import { type Run, startRun } from '../run.ts'
import type { FoundOnNode } from './archive-search.ts'

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
  /** How many pods of one node are checkpointed at the same time, at most. Default 4. */
  readonly perNode?: number
  /** Writes the time of their last checkpoint onto the pods. */
  readonly annotate?: boolean
  /** The user's own words, which this machine remembers with the checkpoints. */
  readonly note?: string
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
  /** When the call was sent, by this machine's clock; RFC 3339 in milliseconds. */
  readonly startedAt: string
  /** From then to its answer; the container stood still for a part of it. */
  readonly durationSeconds: number
  readonly local?: LocalArchive
}

/** How close together the calls for several containers of one pod were sent. When each froze can't be seen from here. */
export interface PodSpread {
  readonly namespace: string
  readonly pod: string
  /** Calls that were sent. */
  readonly containers: number
  /** From the first of them to the last. */
  readonly spreadSeconds: number
}

export interface CaptureFailure extends ItemFailure {
  readonly outcome: /** No call was sent. */
    | 'not-started'
    /** The answer says that there is no checkpoint. */
    | 'refused'
    /** No answer says how the call ended. */
    | 'unknown'
    /** The checkpoint was taken, and is among the others; its archive stays on the node. */
    | 'not-fetched'
  /** Of a call without an answer: what is in the node's folder. */
  readonly found?: FoundOnNode
}

export interface CaptureResult {
  readonly checkpoints: readonly CapturedCheckpoint[]
  /** Of pods with several. */
  readonly pods: readonly PodSpread[]
  readonly failures: readonly CaptureFailure[]
}

/**
 * Checkpoints containers, each with one call that is never repeated, those of a pod at the same moment, and fetches the
 * archives if asked to. Failures of single containers, and a cancellation once calls have begun, are in the result,
 * which thus is a full account.
 * @throws {ByteSourceError} FILE_NOT_WRITABLE; what connecting and resolving targets throw.
 */
export function capture(
  request: CaptureRequest,
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, CaptureResult> {
  return startRun(async (emit) => {
    // Whoever reads local archives alone need not wait for the cluster's code.
    const { takeCheckpoints } = await import('../on-cluster.ts')
    return takeCheckpoints(request, context, emit, signal)
  }, coalesceProgress)
}
