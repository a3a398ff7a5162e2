import {
  type ActionEvent,
  type Context,
  type PlannedRemovals,
  type Run,
  removeArchives,
} from '@kubectl-checkpoint/core/actions'
import { checkTerminal, confirm } from './confirm.ts'
import type { OutputFlags } from './flags/output.ts'
import type { RemovalFlags } from './flags/retention.ts'
import { follow } from './follow.ts'
import type { Io } from './io.ts'
import { parseOutputFormat } from './output/format.ts'
import { describePlan, describeTotal, removalPlanView, removalView } from './output/removal.ts'
import { terminalSize } from './output/terminal-size.ts'
import { showOutcome } from './show.ts'

/** Shows what is planned, asks, and removes it; or only shows it. Returns the exit code. */
export async function removePlanned(
  startPlanning: () => Run<ActionEvent, PlannedRemovals>,
  flags: RemovalFlags & OutputFlags,
  context: Context,
  io: Io,
): Promise<number> {
  const format = await parseOutputFormat(flags.output)
  if (!flags['dry-run'] && !flags.yes) checkTerminal(io)
  const plan = await follow(startPlanning(), io)
  const count = plan.remove.length
  if (count === 0 && plan.failures.length === 0) io.stderr.write('there is nothing to delete\n')
  if (flags['dry-run']) return showOutcome(plan, count + plan.kept.length, removalPlanView, format, flags, io)
  if (!flags.yes && count > 0) {
    io.stderr.write(describePlan(plan, terminalSize(io.stderr).width))
    const isConfirmed = await confirm(`Delete ${describeTotal(plan.remove)}?`, io)
    if (!isConfirmed) {
      io.stderr.write('nothing was deleted\n')
      return 1
    }
  }
  const { removed, failures } =
    count > 0
      ? await follow(removeArchives(plan.remove, context, { signal: io.signal }), io)
      : { removed: [], failures: [] }
  const result = { removed, kept: plan.kept, failures: [...plan.failures, ...failures] }
  return showOutcome(result, removed.length, removalView, format, flags, io)
}
