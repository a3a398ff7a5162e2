import { unkeepArchives } from '@kubectl-checkpoint/core/actions'
import { openContext } from '../context.ts'
import { follow } from '../follow.ts'
import type { Io } from '../io.ts'
import { parseOutputFormat } from '../output/format.ts'
import { pinChangesView } from '../output/pin-changes.ts'
import { showOutcome } from '../show.ts'
import type { UnkeepFlags } from './unkeep.ts'

export async function runUnkeep(flags: UnkeepFlags, io: Io): Promise<number> {
  const format = await parseOutputFormat(flags.output)
  await using context = openContext(flags, io)
  const { archives, container } = flags
  const request = { archives, ...(container === undefined ? {} : { container }) }
  const result = await follow(unkeepArchives(request, context, { signal: io.signal }), io)
  return await showOutcome(result, result.changes.length, pinChangesView, format, flags, io)
}
