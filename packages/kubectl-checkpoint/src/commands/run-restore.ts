import { applyRestore, checkRestore, planRestore } from '@kubectl-checkpoint/core/actions'
import { openContext } from '../context.ts'
import { applyRequest, restoreRequest, withoutKind } from '../flags/restore.ts'
import { follow } from '../follow.ts'
import type { Io } from '../io.ts'
import { parseOutputFormat } from '../output/format.ts'
import { proseWidth } from '../output/prose-width.ts'
import { describeRemarks, restoredView, restorePlanView } from '../output/restored.ts'
import { show } from '../show.ts'
import type { RestoreFlags } from './restore.ts'

/** As where a restore was tried. */
const blockedExitCode = 7

export async function runRestore(flags: RestoreFlags, io: Io): Promise<number> {
  const { signal, stderr } = io
  const format = await parseOutputFormat(flags.output)
  const request = applyRequest(flags)
  await using context = openContext(withoutKind(flags), io)
  const plan = await follow(planRestore(restoreRequest(flags.archive, flags), context, { signal }), io)
  const isDry = flags['dry-run'] !== undefined
  stderr.write(describeRemarks(isDry ? plan : { ...plan, blockers: [] }, proseWidth(stderr)))
  if (isDry) {
    const isOnServer = flags['dry-run'] === 'server'
    const shown = isOnServer ? await follow(checkRestore(plan, context, { signal }), io) : plan
    await show(shown, restorePlanView, format, flags, io)
    return plan.blockers.length > 0 ? blockedExitCode : 0
  }
  const restored = await follow(applyRestore(plan, request, context, { signal }), io)
  await show(restored, restoredView, format, flags, io)
  return 0
}
