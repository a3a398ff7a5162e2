import { fields } from '../fields.ts'
import type { SectionView } from './section-view.ts'

const time = (microseconds: number | undefined) =>
  microseconds === undefined ? undefined : `${(microseconds / 1000).toFixed(1)} ms`

/** What the dump cost, as CRIU counted it. */
export const statsSection: SectionView = {
  title: 'Dump statistics',
  toText({ stats = {} }, { headers }) {
    const text = fields([
      ['Time to freeze', time(stats.freezingTimeMicroseconds)],
      ['Time frozen', time(stats.frozenTimeMicroseconds)],
      ['Time to dump memory', time(stats.memoryDumpTimeMicroseconds)],
      ['Time to write memory', time(stats.memoryWriteTimeMicroseconds)],
      ['Time to find inodes', time(stats.irmapResolveMicroseconds)],
      ['Pages scanned', stats.pagesScanned],
      ['Pages in the parent', stats.pagesSkippedParent],
      ['Pages written', stats.pagesWritten],
      ['Pages left to fetch', stats.pagesLazy],
      ['Pipes for pages', stats.pagePipes],
      ['Buffers of these', stats.pagePipeBuffers],
      ['Shared pages scanned', stats.sharedPagesScanned],
      ['Shared pages in the parent', stats.sharedPagesSkippedParent],
      ['Shared pages written', stats.sharedPagesWritten],
    ])
    return text || (headers ? 'none\n' : '')
  },
}
