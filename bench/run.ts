import { table } from '../packages/kubectl-checkpoint/src/output/table.ts'
import { startUp } from './start-up.ts'

const benches = [startUp]

const rows: string[][] = []
// One after the other: side by side they would measure each other.
for (const bench of benches) {
  const { subject, baseline, pairs, subjectMs, baselineMs, ratio } = await bench()
  const times = [subjectMs, baselineMs].map((milliseconds) => `${milliseconds.toFixed(0)} ms`)
  rows.push([subject, baseline, ratio.toFixed(2), ...times, String(pairs)])
}
process.stdout.write(
  table(['SUBJECT', 'BASELINE', 'RATIO', 'SUBJECT TIME', 'BASELINE TIME', 'PAIRS'], rows, { headers: true }),
)
