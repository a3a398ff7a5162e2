import { planDeletion } from '@kubectl-checkpoint/core/actions'
import { openContext } from '../context.ts'
import { archiveSelection } from '../flags/archive-selection.ts'
import type { Io } from '../io.ts'
import { removePlanned } from '../remove-planned.ts'
import type { DeleteFlags } from './delete.ts'

export async function runDelete(flags: DeleteFlags, io: Io): Promise<number> {
  await using context = openContext(flags, io)
  const { targets: archives = [], ...conditions } = archiveSelection(flags.archives ?? [], flags)
  const request = { archives, ...conditions, ...(flags.all ? { all: true } : {}) }
  return await removePlanned(() => planDeletion(request, context, { signal: io.signal }), flags, context, io)
}
