import type { RestoredPod, RestorePlan } from '../../documents/index.ts'
import type { ActionOptions, Context } from '../context.ts'
import { type ActionEvent, coalesceProgress } from '../events.ts'
import { type Run, startRun } from '../run.ts'

export interface RestoreRequest {
  /** `oci://registry.example/shop/web:1`, as nodes can pull it. */
  readonly image: string
  /** Of the new pod. Default: the old one's with `-restored-` and five characters behind it. */
  readonly name?: string
  /** Where the new pod runs. Default: wherever the scheduler puts it. */
  readonly node?: string
  /** Leaves out the other containers of the pod. */
  readonly only?: boolean
}

export interface ApplyRequest {
  /** For the pod to become ready. */
  readonly timeoutSeconds: number
}

/**
 * Plans a pod that goes on where a checkpointed container stopped: as the old pod is, if it still exists, else as far as
 * the archive knows of it. Changes nothing.
 * @throws {ActionError} ARCHIVE_REFERENCE_INVALID; NOT_RESTORABLE. @throws what opening the image and reading it throws.
 */
export function planRestore(
  request: RestoreRequest,
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, RestorePlan> {
  return startRun(async (emit) => {
    const { drawUpPlan } = await import('./draw-up-plan.ts')
    return drawUpPlan(request, context, emit, signal)
  }, coalesceProgress)
}

/** Has the API server check the planned pod as if it were made, and returns it as it would be. @throws {ClusterError} */
export function checkRestore(
  plan: RestorePlan,
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, RestorePlan> {
  return startRun(async (emit) => {
    const { checkOnServer } = await import('./draw-up-plan.ts')
    return checkOnServer(plan, context, emit, signal)
  }, coalesceProgress)
}

/**
 * Makes the planned pod and waits until it is ready. Where it doesn't become so, and where `signal` aborts, it is removed.
 * @throws {ActionError} RESTORE_BLOCKED; RESTORE_FAILED. @throws {ClusterError} FORBIDDEN and what else the API server
 * answers.
 */
export function applyRestore(
  plan: RestorePlan,
  request: ApplyRequest,
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, RestoredPod> {
  return startRun(async (emit) => {
    const { makePod } = await import('./make-pod.ts')
    return makePod(plan, request, context, emit, signal)
  }, coalesceProgress)
}
