import type { DirectTls } from '../remote/cluster/index.ts'
import type { ActionOptions, Context } from './context.ts'
import type { LocalArchive } from './download.ts'
import { type ActionEvent, coalesceProgress } from './events.ts'
import type { ItemFailure } from './item-failure.ts'
import { type Run, startRun } from './run.ts'

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
    // Whoever reads local archives alone need not wait for the cluster's code.
    const { takeCheckpoints } = await import('./on-cluster.ts')
    return takeCheckpoints(request, context, emit, signal)
  }, coalesceProgress)
}
