import { planPruning } from '@kubectl-checkpoint/core/actions'
import { openContext } from '../context.ts'
import { archiveSelection } from '../flags/archive-selection.ts'
import { prunePolicy } from '../flags/retention.ts'
import type { Io } from '../io.ts'
import { removePlanned } from '../remove-planned.ts'
import type { PruneCommandFlags } from './prune.ts'

export async function runPrune(flags: PruneCommandFlags, io: Io): Promise<number> {
  const request = { selection: archiveSelection(flags.targets ?? [], flags), policy: prunePolicy(flags) }
  await using context = openContext(flags, io)
  return await removePlanned(() => planPruning(request, context, { signal: io.signal }), flags, context, io)
}
