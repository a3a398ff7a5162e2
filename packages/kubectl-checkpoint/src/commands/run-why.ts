import { why } from '@kubectl-checkpoint/core/actions'
import { openContext } from '../context.ts'
import { targetRequest } from '../flags/targets.ts'
import { follow } from '../follow.ts'
import type { Io } from '../io.ts'
import { parseOutputFormat } from '../output/format.ts'
import { isUnsure, refusalsView } from '../output/refusals.ts'
import { show } from '../show.ts'
import type { WhyFlags } from './why.ts'

/** To find nothing is an answer, unless it was because nothing could be seen. */
export async function runWhy(flags: WhyFlags, io: Io): Promise<number> {
  const format = await parseOutputFormat(flags.output)
  await using context = openContext(flags, io)
  const request = targetRequest(flags.targets ?? [], flags)
  const list = await follow(why(request, context, { signal: io.signal }), io)
  await show(list, refusalsView(new Date(context.clock.now())), format, flags, io)
  return isUnsure(list) ? 3 : 0
}
