import type { ActionEvent, Run } from '@kubectl-checkpoint/core/actions'
import type { Io } from './io.ts'
import { liveReporter } from './output/live-reporter.ts'
import { plainReporter } from './output/plain-reporter.ts'
import type { Reporter } from './output/reporter.ts'

/** Shows the progress of `run` on stderr for as long as it lasts, and hands over its result. */
export async function follow<Result>(run: Run<ActionEvent, Result>, io: Io): Promise<Result> {
  const reporter = openReporter(io)
  try {
    for await (const event of run) reporter.report(event)
    return await run.result
  } finally {
    await reporter.end()
  }
}

/** What suits stderr; it says so when the command is being interrupted. */
export function openReporter(io: Io): Reporter {
  const reporter = (canRedraw(io) ? liveReporter : plainReporter)(io.stderr)
  const onAbort = () => reporter.log('stopping and cleaning up; Ctrl-C once more leaves at once')
  io.signal.addEventListener('abort', onAbort, { once: true })
  return {
    ...reporter,
    async end() {
      io.signal.removeEventListener('abort', onAbort)
      await reporter.end()
    },
  }
}

/** Continuous integration may pass for a terminal, but keeps every frame. */
function canRedraw({ stderr, env }: Io): boolean {
  return stderr.isTTY === true && env.TERM !== 'dumb' && !env.CI
}
