import type { ActionOptions, Context } from '../context.ts'
import { type ActionEvent, coalesceProgress } from '../events.ts'
import type { ItemFailure } from '../item-failure.ts'
import { type Run, startRun } from '../run.ts'
import type { RemovalPlan } from './plan-prune.ts'

export interface DeletionRequest {
  /** `NODE:FILE`, `NODE:/folder/FILE`, or a target: all archives of its containers. */
  readonly archives: readonly string[]
  /** Label selector, in place of targets. */
  readonly selector?: string
  readonly allNamespaces?: boolean
  readonly nodes?: readonly string[]
  readonly container?: string
  /** All that the other conditions leave, where nothing is named. */
  readonly all?: boolean
}

/** What would be removed, and what could not be looked at, or was named and can't be removed. */
export interface PlannedRemovals extends RemovalPlan {
  readonly failures: readonly ItemFailure[]
}

/**
 * Finds the archives that are meant, and says which of them can go; nothing is removed.
 * @throws {ActionError} ARCHIVE_REFERENCE_INVALID; CHOICE_UNCLEAR; what gathering archives throws.
 */
export function planDeletion(
  request: DeletionRequest,
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, PlannedRemovals> {
  return startRun(async (emit) => {
    const { chooseNamed } = await import('../on-cluster.ts')
    return chooseNamed(request, context, emit, signal)
  }, coalesceProgress)
}
