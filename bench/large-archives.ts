import { largeArchive, largeZstdArchive } from './archives/archives.ts'
import { type Bench, rowOf } from './bench.ts'
import { checkpointctl } from './checkpointctl.ts'
import { runCommand } from './command.ts'
import { describeMiB, describeMs, describeRatio } from './format.ts'
import { observe } from './observe.ts'
import { comparePaired } from './paired.ts'
import { ours } from './program.ts'

/** Our words, and checkpointctl's for what comes nearest. */
const works = [
  [[], ['show']],
  [[], ['inspect']],
  [['--tree'], ['inspect', '--ps-tree']],
  [['--tree'], ['inspect', '--ps-tree-cmd']],
  [['--all'], ['inspect', '--all']],
] as const

const archives = [
  { name: '2 GiB', make: largeArchive, pairs: 7 },
  { name: '2 GiB, zstd', make: largeZstdArchive, pairs: 3 },
] as const

/** Archives of two processes with 1 GiB of memory each. */
export const largeArchives: Bench = {
  title: 'Large archives: against checkpointctl',
  header: [
    'ARCHIVE',
    'COMMAND',
    'BASELINE',
    'RATIO',
    'TIME',
    'BASELINE TIME',
    'PEAK',
    'TEMPORARY FILES',
    'READ',
  ],
  async *rows() {
    for (const { name, make, pairs } of archives) {
      const archive = await make()
      for (const [words, theirWords] of works) {
        yield rowOf(async () => {
          const subject = ours('inspect', ...words, archive)
          const baseline = await checkpointctl(...theirWords, archive)
          const comparison = await comparePaired(subject, baseline, pairs)
          const { peakBytes, temporaryFiles } = await observe(subject)
          return [
            name,
            subject.name,
            baseline.name,
            describeRatio(comparison),
            describeMs(comparison.subjectMs),
            describeMs(comparison.baselineMs),
            describeMiB(peakBytes),
            String(temporaryFiles),
            await describeReads(words, archive),
          ]
        })
      }
    }
  },
}

/** How much of the archive a command read, as its JSON says. */
async function describeReads(words: readonly string[], archive: string): Promise<string> {
  const { stdout } = await runCommand(ours('inspect', ...words, archive, '-o', 'json'))
  const { archive: read }: { readonly archive: ReadCosts } = JSON.parse(stdout)
  return `${((100 * read.bytesRead) / read.size).toFixed(3)} % in ${read.reads} reads`
}

interface ReadCosts {
  readonly size: number
  readonly bytesRead: number
  readonly reads: number
}
