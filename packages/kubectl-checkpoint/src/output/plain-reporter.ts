import type { OutputStream } from '../io.ts'
import { noProgress, reduceProgress } from './progress.ts'
import type { Reporter } from './reporter.ts'
import { describeStep } from './steps.ts'
import { terminalLines } from './terminal-lines.ts'

/** A line for each step, for logs and simple terminals. */
export function plainReporter(stderr: OutputStream): Reporter {
  let progress = noProgress
  const log = (line: string) => void stderr.write(`${terminalLines(line, stderr)}\n`)
  return {
    report(event) {
      const now = Date.now()
      progress = reduceProgress(progress, event, now)
      const line = describeStep(event, progress, now)
      if (line !== undefined) log(line)
    },
    log,
    async end() {},
  }
}
