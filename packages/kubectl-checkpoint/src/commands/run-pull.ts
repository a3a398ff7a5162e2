import { pull } from '@kubectl-checkpoint/core/actions'
import { openContext } from '../context.ts'
import { follow } from '../follow.ts'
import type { Io } from '../io.ts'
import { parseOutputFormat } from '../output/format.ts'
import { pulledArchiveView } from '../output/pulled-archive.ts'
import { show } from '../show.ts'
import type { PullFlags } from './pull.ts'

export async function runPull(flags: PullFlags, io: Io): Promise<number> {
  const format = await parseOutputFormat(flags.output)
  await using context = openContext(flags, io)
  const { image, to } = flags
  const pulled = await follow(pull({ image, to }, context, { signal: io.signal }), io)
  await show(pulled, pulledArchiveView, format, flags, io)
  return 0
}
