import type { Finding } from '@kubectl-checkpoint/core/documents'
import { type Column, columnsTable } from '../columns.ts'
import { printable } from '../printable.ts'
import { shorten, truncate } from '../table.ts'
import type { TextOptions } from '../view.ts'
import type { SectionView } from './section-view.ts'

const columns: readonly Column<Finding>[] = [
  { name: 'SEVERITY', cell: ({ severity }) => severity },
  { name: 'PID', cell: pidsOf },
  { name: 'FINDING', cell: titleAndPlace },
]

/** What is odd, each with its evidence below it. */
export const findingsSection: SectionView = {
  title: 'Findings',
  toText({ findings }, { headers, width }) {
    if (findings.length === 0) return headers ? 'nothing odd was found\n' : ''
    return findings
      .flatMap((finding) => [
        [
          finding.severity,
          finding.id,
          ...(pidsOf(finding) === undefined ? [] : [`PID ${pidsOf(finding)}`]),
        ].join('  '),
        `  ${titleAndPlace(finding)}`,
        ...finding.evidence.map((line) => `    ${line}`),
      ])
      .map((line) => `${truncate(printable(shorten(line, longestLine)), width)}\n`)
      .join('')
  },
}

const longestLine = 4096

/** The gravest of them for a summary, in as many lines as there is room. */
export function briefFindings(findings: readonly Finding[], room: number, options: TextOptions): string {
  if (findings.length === 0) return 'Nothing odd was found.\n'
  const notable = findings.filter(({ severity }) => severity !== 'info')
  const fits = notable.length < room || (notable.length === room && notable.length === findings.length)
  const shown = fits ? notable : notable.slice(0, room - 1)
  const left = findings.length - shown.length
  const text = shown.length === 0 ? '' : columnsTable(columns, shown, options)
  if (left === 0) return text
  return `${text}… and ${left} ${shown.length === 0 ? 'for information' : 'more'}: --findings\n`
}

const shownPids = 5

function pidsOf({ pids }: Finding): string | undefined {
  if (pids.length === 0) return undefined
  return pids.length > shownPids ? `${pids.slice(0, shownPids).join(',')},…` : pids.join(',')
}

function titleAndPlace({ title, place }: Finding): string {
  return place === undefined ? title : `${title}: ${place}`
}
