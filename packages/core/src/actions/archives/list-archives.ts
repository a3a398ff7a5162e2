import type { ActionOptions, Context } from '../context.ts'
import { type ActionEvent, coalesceProgress } from '../events.ts'
import { type Run, startRun } from '../run.ts'
import type { ArchiveSelection } from './archive-selection.ts'
import type { GatheredArchives } from './gather-archives.ts'

/** Finds archives on nodes; what it throws, and what is among its failures, is as of `gatherArchives`. */
export function listArchives(
  selection: ArchiveSelection,
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, GatheredArchives> {
  return startRun(async (emit) => {
    const { gatherArchives, openScope } = await import('../on-cluster.ts')
    await using scope = await openScope(context, emit, signal, 'list')
    return await gatherArchives(scope, selection)
  }, coalesceProgress)
}
