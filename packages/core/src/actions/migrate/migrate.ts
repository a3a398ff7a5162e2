import type { MigrationPlan, MovedPod, PlannedMove } from '../../documents/index.ts'
import type { ActionOptions, Context } from '../context.ts'
import { type ActionEvent, coalesceProgress } from '../events.ts'
import type { ItemFailure } from '../item-failure.ts'
import { type Run, startRun } from '../run.ts'

export interface MigrateRequest {
  /** `POD`, `POD/CONTAINER`, a workload with one pod; `node/NODE`: all of its pods, which the node is emptied of. */
  readonly target: string
  /** The node to move to. Default: wherever the scheduler puts them. */
  readonly to?: string
}

export interface MoveRequest {
  /** Where the images go, each under a tag of its own, as nodes can pull them: `oci://registry.example/moved`. */
  readonly repository: string
  /** For each new pod to become ready. */
  readonly timeoutSeconds: number
  /** Leaves the old pods as they are, and the new ones without their labels. */
  readonly keepSource?: boolean
  /** How many pods are moved at the same time, at most. Default 1. */
  readonly parallel?: number
  readonly allowsOpenRegistry?: boolean
}

/** A pod that is as it was. */
export interface UnmovedPod extends ItemFailure {
  readonly move: PlannedMove
}

export interface MigrationResult {
  /** The node that is cordoned. */
  readonly emptied?: string
  readonly moved: readonly MovedPod[]
  readonly failures: readonly UnmovedPod[]
}

/**
 * Finds out which pods would move, and what keeps others from it. Changes nothing.
 * @throws {TargetError} any code. @throws {ClusterError}
 */
export function planMigration(
  request: MigrateRequest,
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, MigrationPlan> {
  return startRun(async (emit) => {
    const { drawUpMigration } = await import('./draw-up-migration.ts')
    return drawUpMigration(request, context, emit, signal)
  }, coalesceProgress)
}

/**
 * Moves pods: checkpoint, image, a new pod from it, and once that is ready, the old one goes. Whatever fails, the old pod
 * runs on, and what was made for the new one is removed. A node that is emptied is cordoned first, and stays so; what is
 * moved already isn't moved again by a later call. Failures and cancellation are in the result, a full account.
 * @throws {ActionError} IMAGE_TARGET_INVALID. @throws {ClusterError} where the node can't be cordoned.
 */
export function applyMigration(
  plan: MigrationPlan,
  request: MoveRequest,
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, MigrationResult> {
  return startRun(async (emit) => {
    const { movePods } = await import('./move-pods.ts')
    return movePods(plan, request, context, emit, signal)
  }, coalesceProgress)
}
