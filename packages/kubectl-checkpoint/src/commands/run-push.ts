import { build } from '@kubectl-checkpoint/core/actions'
import { openContext } from '../context.ts'
import { buildRequest } from '../flags/image.ts'
import { follow } from '../follow.ts'
import type { Io } from '../io.ts'
import { builtImageView } from '../output/built-image.ts'
import { parseOutputFormat } from '../output/format.ts'
import { show } from '../show.ts'
import { UsageError } from '../usage-error.ts'
import type { PushFlags } from './push.ts'

export async function runPush(flags: PushFlags, io: Io): Promise<number> {
  const format = await parseOutputFormat(flags.output)
  await using context = openContext(flags, io)
  if (!flags.image.startsWith('oci://')) {
    throw new UsageError(
      `${JSON.stringify(flags.image)} is no place in a registry`,
      'Name it like oci://registry.example/shop/web:1; build writes images to this machine.',
    )
  }
  const request = buildRequest(flags.archive, flags.image, flags)
  const pushed = await follow(build(request, context, { signal: io.signal }), io)
  await show(pushed, builtImageView, format, flags, io)
  return 0
}
