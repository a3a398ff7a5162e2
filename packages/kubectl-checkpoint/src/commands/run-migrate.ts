import { applyMigration, planMigration } from '@kubectl-checkpoint/core/actions'
import { openContext } from '../context.ts'
import { migrateRequest, moveRequest } from '../flags/migrate.ts'
import { follow } from '../follow.ts'
import type { Io } from '../io.ts'
import { parseOutputFormat } from '../output/format.ts'
import { describeMoves, migrationPlanView, migrationView } from '../output/migration.ts'
import { proseWidth } from '../output/prose-width.ts'
import { show, showOutcome } from '../show.ts'
import type { MigrateFlags } from './migrate.ts'

/** As where it was tried. */
const blockedExitCode = 7

export async function runMigrate(flags: MigrateFlags, io: Io): Promise<number> {
  const { signal, stderr } = io
  const format = await parseOutputFormat(flags.output)
  const request = moveRequest(flags)
  await using context = openContext(flags, io)
  const plan = await follow(planMigration(migrateRequest(flags.target, flags), context, { signal }), io)
  stderr.write(describeMoves(plan, proseWidth(stderr)))
  if (flags['dry-run']) {
    await show(plan, migrationPlanView, format, flags, io)
    return plan.moves.some(({ blockers }) => blockers.length > 0) ? blockedExitCode : 0
  }
  const result = await follow(applyMigration(plan, request, context, { signal }), io)
  return await showOutcome(result, result.moved.length, migrationView, format, flags, io)
}
