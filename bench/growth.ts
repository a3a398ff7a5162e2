import { fixture } from '@kubectl-checkpoint/test-support'
import { archiveOfEntries, archiveOfProcesses } from './archives/archives.ts'
import { type Bench, rowOf } from './bench.ts'
import { describeMiB, describeMs } from './format.ts'
import { observe } from './observe.ts'
import { comparePaired } from './paired.ts'
import { ours } from './program.ts'

const works: readonly (readonly string[])[] = [[], ['--all']]
const archives = [
  { of: 'processes', make: archiveOfProcesses, counts: [125, 250, 500] },
  { of: 'entries', make: archiveOfEntries, counts: [5_000, 10_000, 20_000] },
] as const
const pairs = 7

/** Time should grow no faster than the archive: the last column is what each one adds to the time of a small one. */
export const growth: Bench = {
  title: 'Growth: many processes, many entries',
  header: ['ARCHIVE', 'COMMAND', 'TIME', 'PEAK', 'FOR EACH'],
  async *rows() {
    for (const { of, make, counts } of archives) {
      for (const count of counts) {
        const archive = await make(count)
        for (const words of works) {
          yield rowOf(async () => {
            const subject = ours('inspect', ...words, archive)
            const small = ours('inspect', ...words, fixture('containerd-miner'))
            const { subjectMs, baselineMs } = await comparePaired(subject, small, pairs)
            const { peakBytes } = await observe(subject)
            return [
              `${count} ${of}`,
              subject.name,
              describeMs(subjectMs),
              describeMiB(peakBytes),
              `${((1000 * (subjectMs - baselineMs)) / count).toFixed(0)} µs`,
            ]
          })
        }
      }
    }
  },
}
