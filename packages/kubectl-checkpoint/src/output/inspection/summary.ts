import type { Inspection } from '@kubectl-checkpoint/core/documents'
import type { TextOptions } from '../view.ts'
import { briefFindings, findingsSection } from './findings.ts'
import { overview } from './overview.ts'
import { briefProcesses } from './processes.ts'
import { describeUnread } from './unreadable.ts'

/**
 * The overview, what runs, what is odd, and what could not be read: a screenful, where the screen's height is known.
 * No process, listener or finding is left out with `-o wide`, nor where there is no screen.
 */
export function summary(inspection: Inspection, now: Date, options: TextOptions): string {
  const { processes, findings } = inspection
  const above = overview(inspection, now, options)
  const below = describeUnread(inspection, options.width)
  const lines = freeLines(above, below, options)
  // Some take several lines.
  const findingLines = countLines(briefFindings(findings, lines, options))
  const room = roomFor(processes.length, findingLines, lines)
  const parts = [
    above,
    briefProcesses(processes, room.processes, options),
    options.wide
      ? findingsSection.toText(inspection, { ...options, ofProcesses: false })
      : briefFindings(findings, room.findings, options),
    below,
  ]
  return parts.filter((part) => part !== '').join('\n')
}

/** An empty line and one of headers for each table, and the shell's prompt. */
const otherLines = 5
const fewestLines = 6

function freeLines(above: string, below: string, { wide, height }: TextOptions): number {
  if (wide || height === undefined) return Number.POSITIVE_INFINITY
  const taken = countLines(above) + (below === '' ? 0 : 1 + countLines(below)) + otherLines
  return Math.max(fewestLines, height - taken)
}

const countLines = (text: string): number => text.split('\n').length - 1

/** Half for each; what one does not need is the other's. */
function roomFor(processes: number, findings: number, lines: number) {
  return {
    processes: Math.max(Math.floor(lines / 2), lines - findings),
    findings: Math.max(Math.ceil(lines / 2), lines - processes),
  }
}
