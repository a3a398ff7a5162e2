import { push } from '@kubectl-checkpoint/core/actions'
import { openContext } from '../context.ts'
import { pushRequest } from '../flags/push.ts'
import { follow } from '../follow.ts'
import type { Io } from '../io.ts'
import { parseOutputFormat } from '../output/format.ts'
import { pushedView } from '../output/pushed.ts'
import { show } from '../show.ts'
import type { PushFlags } from './push.ts'

export async function runPush(flags: PushFlags, io: Io): Promise<number> {
  const format = await parseOutputFormat(flags.output)
  await using context = openContext(flags, io)
  const request = pushRequest(flags.archive, flags.image, flags)
  const pushed = await follow(push(request, context, { signal: io.signal }), io)
  await show(pushed, pushedView, format, flags, io)
  return 0
}
