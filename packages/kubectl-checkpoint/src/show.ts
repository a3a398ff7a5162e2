import type { ItemFailure } from '@kubectl-checkpoint/core/actions'
import { exitCodeOf, exitCodeOfFailures } from './exit-codes.ts'
import type { OutputFlags } from './flags/output.ts'
import type { Io } from './io.ts'
import { describeFailures } from './output/describe-failures.ts'
import type { OutputFormat } from './output/format.ts'
import { printable } from './output/printable.ts'
import { proseWidth } from './output/prose-width.ts'
import { render } from './output/render.ts'
import { terminalSize } from './output/terminal-size.ts'
import type { View } from './output/view.ts'

/** Prints a result to stdout. */
export async function show<Result>(
  result: Result,
  view: View<Result>,
  format: OutputFormat,
  flags: Partial<Pick<OutputFlags, 'no-headers'>>,
  { stdout, env }: Io,
): Promise<void> {
  const { width, height } = terminalSize(stdout.isTTY ? stdout : {})
  const colours = stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb'
  stdout.write(await render(result, view, format, { headers: !flags['no-headers'], width, height, colours }))
}

/**
 * Prints the result of a command on several items to stdout, and to stderr why some failed. Returns the exit code of
 * the command, of whose items `succeeded` didn't fail. An interruption counts where it kept items from being done.
 */
export async function showOutcome<Result extends { readonly failures: readonly ItemFailure[] }>(
  result: Result,
  succeeded: number,
  view: View<Result>,
  format: OutputFormat,
  flags: Partial<Pick<OutputFlags, 'no-headers'>>,
  io: Io,
): Promise<number> {
  try {
    await show(result, view, format, flags, io)
  } catch (error) {
    // What was done is done, and nobody would learn of it.
    for (const name of view.toNames(result)) io.stderr.write(`done: ${printable(name)}\n`)
    showFailures(result.failures, succeeded, io)
    throw error
  }
  return showFailures(result.failures, succeeded, io)
}

/** Says on stderr why items failed, and returns the exit code of the command. */
export function showFailures(
  failures: readonly ItemFailure[],
  succeeded: number,
  { stderr, signal }: Io,
): number {
  stderr.write(describeFailures(failures, proseWidth(stderr)))
  if (signal.aborted && failures.some(({ error }) => error.code === 'CANCELLED'))
    return exitCodeOf(signal.reason)
  return exitCodeOfFailures(
    failures.map(({ error }) => error),
    succeeded,
  )
}
