import { keepArchives } from '@kubectl-checkpoint/core/actions'
import { openContext } from '../context.ts'
import { follow } from '../follow.ts'
import type { Io } from '../io.ts'
import { parseOutputFormat } from '../output/format.ts'
import { pinChangesView } from '../output/pin-changes.ts'
import { showOutcome } from '../show.ts'
import type { KeepFlags } from './keep.ts'

export async function runKeep(flags: KeepFlags, io: Io): Promise<number> {
  const format = await parseOutputFormat(flags.output)
  await using context = openContext(flags, io)
  const { archives, container, note } = flags
  const request = {
    archives,
    ...(container === undefined ? {} : { container }),
    ...(note === undefined ? {} : { note }),
  }
  const result = await follow(keepArchives(request, context, { signal: io.signal }), io)
  return await showOutcome(result, result.changes.length, pinChangesView, format, flags, io)
}
