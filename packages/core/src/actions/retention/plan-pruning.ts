import type { ArchiveSelection } from '../archives/archive-selection.ts'
import type { ActionOptions, Context } from '../context.ts'
import { type ActionEvent, coalesceProgress } from '../events.ts'
import { type Run, startRun } from '../run.ts'
import type { PlannedRemovals } from './plan-deletion.ts'
import type { PrunePolicy } from './plan-prune.ts'

/**
 * Says which of the selected archives the policy lets go; nothing is removed.
 * @throws what gathering archives throws.
 */
export function planPruning(
  request: { readonly selection: ArchiveSelection; readonly policy: PrunePolicy },
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, PlannedRemovals> {
  return startRun(async (emit) => {
    const { chooseByPolicy } = await import('../on-cluster.ts')
    return chooseByPolicy(request.selection, request.policy, context, emit, signal)
  }, coalesceProgress)
}
