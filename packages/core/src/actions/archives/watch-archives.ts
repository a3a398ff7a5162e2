import type { ArchiveChange } from '../../documents/index.ts'
import type { ActionOptions, Context } from '../context.ts'
import { type ActionEvent, coalesceProgress } from '../events.ts'
import type { ItemFailure } from '../item-failure.ts'
import { type Run, startRun } from '../run.ts'
import type { ArchiveSelection } from './archive-selection.ts'
import type { GatheredArchives } from './gather-archives.ts'

export type WatchEvent =
  | ActionEvent
  /** What there was at first: once, before all changes. */
  | { readonly type: 'listed'; readonly found: GatheredArchives }
  | { readonly type: 'changed'; readonly change: ArchiveChange }
  /** Something can't be asked any more. What is known of it stays known. Told once. */
  | { readonly type: 'lost'; readonly failure: ItemFailure }
  | { readonly type: 'back'; readonly item: string }

/**
 * Lists archives as `listArchives` does, then tells of each that comes, changes and goes, until `signal` aborts: the
 * result is the reason why it ended, or what it threw.
 */
export function watchArchives(
  selection: ArchiveSelection,
  context: Context,
  { signal }: ActionOptions,
): Run<WatchEvent, never> {
  return startRun(
    async (emit) => {
      const { followArchives, openScope } = await import('../on-cluster.ts')
      await using scope = await openScope(context, emit, signal, 'list')
      return await followArchives(scope, selection, emit)
    },
    (event) => (event.type === 'progress' ? coalesceProgress(event) : undefined),
  )
}
