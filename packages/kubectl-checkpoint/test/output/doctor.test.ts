import assert from 'node:assert/strict'
import type { Examination } from '@kubectl-checkpoint/core/actions'
import type { CheckDocument } from '@kubectl-checkpoint/core/documents'
import { doctorReport } from '../../../core/src/documents/doctor.ts'
import { doctorView } from '../../src/output/doctor.ts'

const nodeFile = { path: '/etc/x.toml', content: 'on = true\n', afterwards: 'Restart it.' }
const checks: readonly CheckDocument[] = [
  { id: 'a', status: 'ok', title: 'Apples', evidence: ['green', 'and red'], hint: 'never shown' },
  { id: 'b', status: 'unknown', title: 'Bananas', evidence: ['nobody looked'] },
  { id: 'c', status: 'unknown', title: 'Cherries', evidence: ['nobody looked'] },
  { id: 'd', status: 'unknown', title: 'Dates', evidence: ['refused'], hint: 'Ask again.' },
  { id: 'e', status: 'warning', title: 'Elderberries', evidence: ['few \x1b[31m left'], hint: 'Buy some.' },
  {
    id: 'f',
    status: 'failure',
    title: 'Figs',
    evidence: ['off'],
    hint: 'Switch them on.',
    fix: { nodeFile },
  },
]
const report: Examination = {
  apiVersion: 'kubectl-checkpoint/v1',
  kind: 'DoctorReport',
  verdict: 'fails',
  nodes: [{ node: 'node-a', checks }],
  containers: [
    { namespace: 'shop', pod: 'web-0', container: 'app', node: 'node-a', checks: checks.slice(0, 1) },
  ],
  failures: [],
}
const text = (options: { readonly width?: number; readonly colours?: boolean } = {}) =>
  doctorView.toText(report, { wide: false, headers: true, width: undefined, ...options })

describe('doctorView', () => {
  it('shows the worst first, what is unknown for one reason together, and what to paste at the margin', () => {
    assert.equal(
      text(),
      `Container shop/web-0/app
ok       Apples: green
           and red

Node node-a
failure  Figs: off
           Switch them on.

In /etc/x.toml on the node:

    on = true

Restart it.

warning  Elderberries: few \\x1b[31m left
           Buy some.
unknown  Bananas, Cherries: nobody looked
unknown  Dates: refused
           Ask again.
ok       Apples: green
           and red

Not every checkpoint would work: see what failed.
`,
    )
  })

  it('wraps to the terminal', () => {
    for (const line of text({ width: 40 }).split('\n')) assert.ok(line.length <= 40, line)
  })

  it('says each status in words, and colours them where colours are wanted', () => {
    const coloured = text({ colours: true })
    assert.match(coloured, /^\x1b\[31mfailure\x1b\[39m {2}Figs: off$/m)
    assert.equal(coloured.replaceAll(/\x1b\[\d+m/g, ''), text())
  })

  it('prints a document of the published schema', () => {
    assert.deepEqual(doctorReport.parse(doctorView.toDocument(report)), report)
  })

  it('names what was looked at as commands take it', () => {
    assert.deepEqual(doctorView.toNames(report), ['node/node-a', 'web-0/app'])
  })
})
