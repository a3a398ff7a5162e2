import type { PlannedRemoval } from '../../documents/index.ts'
import type { ActionOptions, Context } from '../context.ts'
import { type ActionEvent, coalesceProgress } from '../events.ts'
import type { ItemFailure } from '../item-failure.ts'
import { type Run, startRun } from '../run.ts'

export interface Removals {
  readonly removed: readonly PlannedRemoval[]
  readonly failures: readonly ItemFailure[]
}

/**
 * Removes archives from their nodes, each only if it is still what was planned, and nobody has pinned it. What fails, or
 * is cancelled, is in the result, which thus is a full account.
 * @throws what connecting throws.
 */
export function removeArchives(
  archives: readonly PlannedRemoval[],
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, Removals> {
  return startRun(async (emit) => {
    const { eraseArchives } = await import('../on-cluster.ts')
    return eraseArchives(archives, context, emit, signal)
  }, coalesceProgress)
}
