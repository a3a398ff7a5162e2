import { openContext } from '../context.ts'
import { captureRequest, parsePerNode } from '../flags/capture.ts'
import { readDirectTls } from '../flags/direct-tls.ts'
import { follow } from '../follow.ts'
import type { Io } from '../io.ts'
import { capturedView } from '../output/captured.ts'
import { parseOutputFormat } from '../output/format.ts'
import { show, showFailures } from '../show.ts'
import type { CreateFlags } from './create.ts'

export async function runCreate(flags: CreateFlags, io: Io): Promise<number> {
  const format = parseOutputFormat(flags.output)
  await using context = openContext(flags, io, parsePerNode(flags['per-node']))
  const request = captureRequest(flags.targets ?? [], flags, await readDirectTls(flags))
  const { capture } = await import('@kubectl-checkpoint/core/actions')
  const result = await follow(capture(request, context, { signal: io.signal }), io)
  await show(result, capturedView, format, flags, io)
  return showFailures(result.failures, result.checkpoints.length, io)
}
