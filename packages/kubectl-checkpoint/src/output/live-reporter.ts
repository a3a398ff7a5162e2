import type { OutputStream } from '../io.ts'
import type { LiveView } from './live-view.tsx'
import { noProgress, reduceProgress } from './progress.ts'
import { progressRows } from './progress-rows.ts'
import type { Reporter } from './reporter.ts'
import { createStepLog } from './step-log.ts'
import { isPassing } from './steps.ts'
import { terminalLines } from './terminal-lines.ts'
import { terminalSize } from './terminal-size.ts'

/** What ends sooner needs no live view, whose code takes a quarter of a second to load. */
const patienceMs = 300
const redrawMs = 100

const loadLiveView = async () => (await import('./live-view.tsx')).openLiveView

/** A line that changes for each item in work, below the lines that stay; without a live view, lines alone. */
export function liveReporter(stderr: OutputStream, load = loadLiveView): Reporter {
  const steps = createStepLog()
  let progress = noProgress
  let view: LiveView | undefined
  let redraw: NodeJS.Timeout | undefined
  let ended = false
  let isPlain = false

  const draw = () => {
    const { width = 80, height = 24 } = terminalSize(stderr)
    view?.draw(progressRows(progress, Date.now(), { columns: width, rows: height }))
  }
  const openView = async () => {
    const openLiveView = await load()
    if (ended) return
    view = openLiveView(stderr)
    draw()
    redraw = setInterval(draw, redrawMs)
  }
  const stayPlain = () => {
    isPlain = true
  }
  const patience = setTimeout(() => openView().catch(stayPlain), patienceMs)
  const log = (line: string) => {
    const lines = terminalLines(line, stderr)
    if (view) view.log(lines)
    else stderr.write(`${lines}\n`)
  }
  return {
    report(event) {
      const now = Date.now()
      progress = reduceProgress(progress, event, now)
      const line = isPassing(event) && !isPlain ? undefined : steps.lineFor(event, progress, now)
      if (line === undefined) return
      // First, or an item would be seen done and in work at the same time.
      draw()
      log(line)
    },
    log,
    async end() {
      ended = true
      clearTimeout(patience)
      clearInterval(redraw)
      for (const line of steps.end()) log(line)
      await view?.close()
    },
  }
}
