import { styleText } from 'node:util'
import type { Finding } from '@kubectl-checkpoint/core/documents'
import { type Column, columnsTable } from '../columns.ts'
import { printable } from '../printable.ts'
import { shorten } from '../table.ts'
import type { TextOptions } from '../view.ts'
import { wrapBeside } from '../wrap.ts'
import type { SectionView } from './section-view.ts'
import { shortPids } from './short-pids.ts'

const columns: readonly Column<Finding>[] = [
  { name: 'SEVERITY', cell: ({ severity }) => severity },
  { name: 'PID', cell: pidsOf },
  {
    name: 'FINDING',
    cell: ({ title, place }) => (place === undefined ? title : `${place}: ${title}`),
    wrapped: true,
  },
]

/** What is odd, each with its evidence below it. */
export const findingsSection: SectionView = {
  title: 'Findings',
  toText({ findings }, { headers, width, colours }) {
    if (findings.length === 0) return headers ? 'nothing odd was found\n' : ''
    const text = findings
      .flatMap((finding) => [
        wrapBeside(0, headOf(finding), width),
        wrapBeside(2, safe(titleOf(finding)), width),
        ...finding.evidence.map((line) => wrapBeside(4, safe(line), width)),
      ])
      .map((line) => `${line}\n`)
      .join('')
    return colours ? colourSeverities(text) : text
  },
}

const longestLine = 4096

function safe(line: string): string {
  return printable(shorten(line, longestLine))
}

function headOf(finding: Finding): string {
  const pids = pidsOf(finding)
  return safe([finding.severity, finding.id, ...(pids === undefined ? [] : [`PID ${pids}`])].join('  '))
}

function titleOf({ title, place }: Finding): string {
  return place === undefined ? title : `${title}: ${place}`
}

/**
 * The gravest of them for a summary, in as many lines below the headers as there is room. What is for information
 * only is no more than counted on a screen.
 */
export function briefFindings(findings: readonly Finding[], room: number, options: TextOptions): string {
  if (findings.length === 0) return 'Nothing odd was found.\n'
  const notable =
    options.height === undefined ? findings : findings.filter(({ severity }) => severity !== 'info')
  for (let count = Math.min(room, notable.length); ; count -= 1) {
    const left = findings.length - count
    const more = `… and ${left} ${notable.length === 0 ? 'for information' : 'more'}: --findings\n`
    const table = count === 0 ? '' : briefTable(notable.slice(0, count), options)
    const text = left === 0 ? table : table + more
    if (count <= 1 || lineCount(text) - Number(options.headers) <= room) return text
  }
}

const lineCount = (text: string): number => text.split('\n').length - 1

function pidsOf({ pids }: Finding): string | undefined {
  return pids.length === 0 ? undefined : shortPids(pids)
}

function briefTable(findings: readonly Finding[], options: TextOptions): string {
  const text = columnsTable(columns, findings, options)
  return options.colours ? colourSeverities(text) : text
}

/** Each line of a finding begins with its severity; what archives say never stands there. */
const colourSeverities = (text: string): string =>
  text.replace(/^(?:high|medium)(?= )/gm, (severity) =>
    styleText(severity === 'high' ? 'red' : 'yellow', severity, { validateStream: false }),
  )
