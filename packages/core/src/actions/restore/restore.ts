import type { RestoredPod, RestorePlan } from '../../documents/index.ts'
import type { ActionOptions, Context } from '../context.ts'
import { type ActionEvent, coalesceProgress } from '../events.ts'
import { type Run, startRun } from '../run.ts'

export interface RestoreRequest {
  /** As every command takes it. Nodes restore images: of any other archive one is made first. */
  readonly archive: string
  /** The image that is made then, where nodes can pull it: `oci://registry.example/shop/web:1`. */
  readonly image?: string
  /** Which container's archive is meant where a target names several. */
  readonly container?: string
  /** What is made: a pod, or a deployment that keeps one such pod running. Default: a pod. */
  readonly as?: 'pod' | 'deployment'
  /** Of what is made. Default: the old pod's with `-restored-` and five characters behind it. */
  readonly name?: string
  /** Where the new pod runs. Default: wherever the scheduler puts it. */
  readonly node?: string
  /** Leaves out the other containers of the pod. */
  readonly only?: boolean
}

export interface ApplyRequest {
  /** For the pod to become ready. */
  readonly timeoutSeconds: number
  /** Takes a registry, too, that lets everybody in: whoever reaches it can read the container's memory. */
  readonly allowsOpenRegistry?: boolean
}

/**
 * Plans a pod that goes on where a checkpointed container stopped: as the old pod is, if it still exists, else as far as
 * the archive knows of it. Changes nothing.
 * @throws {ActionError} ARCHIVE_REFERENCE_INVALID; IMAGE_TARGET_INVALID; NOT_RESTORABLE. @throws what opening the archive
 * and reading it throws.
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

/** Has the API server check what is planned as if it were made, and returns it as it would be. @throws {ClusterError} */
export function checkRestore(
  plan: RestorePlan,
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, RestorePlan> {
  return startRun(async () => {
    const { checkOnServer } = await import('./check-on-server.ts')
    return checkOnServer(plan, context, signal)
  }, coalesceProgress)
}

/**
 * Makes the image that the plan lacks, and what is planned, and waits until its pod is ready. Where it doesn't become so,
 * and where `signal` aborts, what was made in the cluster is removed; the image stays.
 * @throws {ActionError} RESTORE_BLOCKED; RESTORE_FAILED; REGISTRY_OPEN. @throws {ClusterError} FORBIDDEN and what else
 * the API server answers. @throws what `build` throws.
 */
export function applyRestore(
  plan: RestorePlan,
  request: ApplyRequest,
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, RestoredPod> {
  return startRun(async (emit) => {
    const { carryOut } = await import('./carry-out.ts')
    return carryOut(plan, request, context, emit, signal)
  }, coalesceProgress)
}
