import type { ItemFailure } from '@kubectl-checkpoint/core/actions'
import { exitCodeOf, exitCodeOfFailures } from './exit-codes.ts'
import type { OutputFlags } from './flags/output.ts'
import type { Io } from './io.ts'
import { describeError } from './output/error.ts'
import type { OutputFormat } from './output/format.ts'
import { render } from './output/render.ts'
import type { View } from './output/view.ts'

/** Prints a result to stdout. */
export async function show<Result>(
  result: Result,
  view: View<Result>,
  format: OutputFormat,
  flags: Partial<Pick<OutputFlags, 'no-headers'>>,
  { stdout }: Io,
): Promise<void> {
  const width = stdout.isTTY ? stdout.columns : undefined
  stdout.write(await render(result, view, format, { headers: !flags['no-headers'], width }))
}

/**
 * Prints to stderr why items failed, and returns the exit code of the command, of whose items `succeeded` didn't
 * fail. An interruption counts where it kept items from being done.
 */
export function showFailures(
  failures: readonly ItemFailure[],
  succeeded: number,
  { stderr, signal }: Io,
): number {
  for (const { error } of failures) stderr.write(describeError(error))
  if (signal.aborted && failures.some(({ error }) => error.code === 'CANCELLED'))
    return exitCodeOf(signal.reason)
  return exitCodeOfFailures(
    failures.map(({ error }) => error),
    succeeded,
  )
}
