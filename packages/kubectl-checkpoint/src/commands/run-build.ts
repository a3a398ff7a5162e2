import { build } from '@kubectl-checkpoint/core/actions'
import { openContext } from '../context.ts'
import { buildRequest } from '../flags/image.ts'
import { follow } from '../follow.ts'
import type { Io } from '../io.ts'
import { builtImageView } from '../output/built-image.ts'
import { parseOutputFormat } from '../output/format.ts'
import { show } from '../show.ts'
import type { BuildFlags } from './build.ts'

export async function runBuild(flags: BuildFlags, io: Io): Promise<number> {
  const format = await parseOutputFormat(flags.output)
  await using context = openContext(flags, io)
  const request = buildRequest(flags.archive, flags.tag, flags)
  const built = await follow(build(request, context, { signal: io.signal }), io)
  await show(built, builtImageView, format, flags, io)
  return 0
}
