import { styleText } from 'node:util'
import type { Finding } from '@kubectl-checkpoint/core/documents'
import { type Column, columnsTable } from '../columns.ts'
import { printable } from '../printable.ts'
import { shorten } from '../table.ts'
import type { TextOptions } from '../view.ts'
import type { SectionView } from './section-view.ts'
import { shortPids } from './short-pids.ts'

const columns: readonly Column<Finding>[] = [
  { name: 'SEVERITY', cell: ({ severity }) => severity },
  { name: 'PID', cell: pidsOf },
  // A terminal may have no room for all of the title.
  { name: 'FINDING', cell: ({ title, place }) => (place === undefined ? title : `${place}: ${title}`) },
]

/** What is odd, each with its evidence below it. */
export const findingsSection: SectionView = {
  title: 'Findings',
  toText({ findings }, { headers, colours }) {
    if (findings.length === 0) return headers ? 'nothing odd was found\n' : ''
    const text = findings
      .flatMap((finding) => [
        [
          finding.severity,
          finding.id,
          ...(pidsOf(finding) === undefined ? [] : [`PID ${pidsOf(finding)}`]),
        ].join('  '),
        `  ${finding.place === undefined ? finding.title : `${finding.title}: ${finding.place}`}`,
        ...finding.evidence.map((line) => `    ${line}`),
      ])
      .map((line) => `${printable(shorten(line, longestLine))}\n`)
      .join('')
    return colours ? colourSeverities(text) : text
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
  const text = shown.length === 0 ? '' : briefTable(shown, options)
  if (left === 0) return text
  return `${text}… and ${left} ${shown.length === 0 ? 'for information' : 'more'}: --findings\n`
}

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
