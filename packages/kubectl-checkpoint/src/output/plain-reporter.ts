import type { OutputStream } from '../io.ts'
import { describeCounts, isCrowd } from './crowd.ts'
import { noProgress, reduceProgress } from './progress.ts'
import type { Reporter } from './reporter.ts'
import { createStepLog } from './step-log.ts'
import { terminalLines } from './terminal-lines.ts'

/** Between two lines that count a crowd. */
const countsEveryMs = 10_000

/** A line for each step, for logs and simple terminals; of a crowd, its counts from time to time. */
export function plainReporter(stderr: OutputStream): Reporter {
  const steps = createStepLog()
  let progress = noProgress
  let countedAt = Date.now()
  const log = (line: string) => void stderr.write(`${terminalLines(line, stderr)}\n`)
  return {
    report(event) {
      const now = Date.now()
      progress = reduceProgress(progress, event, now)
      const line = steps.lineFor(event, progress, now)
      if (line !== undefined) log(line)
      if (!isCrowd(progress) || now - countedAt < countsEveryMs) return
      countedAt = now
      log(describeCounts(progress))
    },
    log,
    async end() {
      for (const line of steps.end()) log(line)
      if (isCrowd(progress)) log(describeCounts(progress))
    },
  }
}
