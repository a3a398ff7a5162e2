import { styleText } from 'node:util'
import type { Examination } from '@kubectl-checkpoint/core/actions'
import type { CheckDocument, CheckStatus, DoctorReport } from '@kubectl-checkpoint/core/documents'
import { describeFix } from './error.ts'
import { failureDocuments } from './failures.ts'
import { printable } from './printable.ts'
import { shorten } from './table.ts'
import type { TextOptions, View } from './view.ts'
import { wrapBeside } from './wrap.ts'

/** What nodes and containers are fit for: worst first in each block, and what to do below what is wrong. */
export const doctorView: View<Examination> = {
  toDocument: ({ failures, ...report }): DoctorReport => ({
    ...report,
    failures: failureDocuments(failures),
  }),
  toText({ nodes, containers, verdict }, options) {
    const blocks = [
      ...containers.map(({ namespace, pod, container, checks }) => ({
        title: `Container ${namespace}/${pod}/${container}`,
        checks,
      })),
      ...nodes.map(({ node, checks }) => ({ title: `Node ${node}`, checks })),
    ]
    const texts = blocks.map(({ title, checks }) => describeBlock(title, checks, options))
    return [...texts, `${wrapBeside(0, verdicts[verdict], options.width)}\n`].join('\n')
  },
  toNames: ({ nodes, containers }) => [
    ...nodes.map(({ node }) => `node/${node}`),
    ...containers.map(({ pod, container }) => `${pod}/${container}`),
  ],
}

const verdicts: Readonly<Record<DoctorReport['verdict'], string>> = {
  works: 'A checkpoint would work.',
  fails: 'Not every checkpoint would work: see what failed.',
  unknown: 'Nothing is known to fail, but not everything could be looked at.',
}

const gravity: readonly CheckStatus[] = ['failure', 'warning', 'unknown', 'ok']
const colours = { failure: 'red', warning: 'yellow', unknown: 'cyan', ok: 'green' } as const
const statusWidth = 'failure'.length
/** What stands below belongs to the line above. */
const margin = statusWidth + 2

function describeBlock(title: string, checks: readonly CheckDocument[], options: TextOptions): string {
  const sorted = gravity.flatMap((status) => checks.filter((check) => check.status === status))
  const lines = joinUnknown(sorted).flatMap((check) => describeCheck(check, options))
  return [`${printable(title)}`, ...lines].map((line) => `${line}\n`).join('')
}

/** What is unknown for one reason, on one line. */
function joinUnknown(checks: readonly CheckDocument[]): CheckDocument[] {
  const groups = Map.groupBy(checks, ({ id, status, evidence, hint }) =>
    status === 'unknown' && hint === undefined ? evidence.join('\n') : id,
  )
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : { ...first, title: [first, ...others].map(({ title }) => title).join(', ') },
  )
}

function describeCheck(
  { status, title, evidence, hint, fix }: CheckDocument,
  { width, colours: coloured }: TextOptions,
): string[] {
  const word = status.padEnd(statusWidth)
  const shown = coloured ? styleText(colours[status], word, { validateStream: false }) : word
  const [first = '', ...others] = evidence
  const head = wrapBeside(margin, safe(`${title}: ${first}`), width)
  return [
    `${shown}  ${head.slice(margin)}`,
    ...others.map((line) => wrapBeside(margin + 2, safe(line), width)),
    ...(status === 'ok' || hint === undefined ? [] : [wrapBeside(margin + 2, safe(hint), width)]),
    ...(fix === undefined ? [] : ['', ...describeFix(fix, width ?? proseColumns), '']),
  ]
}

const proseColumns = 80
const longestLine = 4096

const safe = (line: string): string => printable(shorten(line, longestLine))
