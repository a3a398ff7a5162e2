import { inspect } from '@kubectl-checkpoint/core/actions'
import { openContext } from '../context.ts'
import { follow } from '../follow.ts'
import type { Io } from '../io.ts'
import { parseOutputFormat } from '../output/format.ts'
import { describeReads, inspectionView } from '../output/inspection.ts'
import { show } from '../show.ts'
import type { InspectFlags } from './inspect.ts'

export async function runInspect(flags: InspectFlags, io: Io): Promise<number> {
  const format = await parseOutputFormat(flags.output)
  await using context = openContext(flags, io)
  const request = {
    archive: flags.archive,
    ...(flags.container === undefined ? {} : { container: flags.container }),
  }
  const inspection = await follow(inspect(request, context, { signal: io.signal }), io)
  await show(inspection, inspectionView, format, flags, io)
  if (context.usedCluster) io.stderr.write(describeReads(inspection.archive))
  return 0
}
