import { imageTypes } from '../image-types.ts'
import { imageOfOne } from '../read-image.ts'
import { toCount } from './to-count.ts'

/** What the dump took, in CRIU's count. Times in microseconds. */
export interface DumpStatistics {
  readonly freezingTime: number
  readonly frozenTime: number
  readonly memoryDumpTime: number
  readonly memoryWriteTime: number
  readonly irmapResolveTime?: number
  readonly pagesScanned: number
  readonly pagesSkippedParent: number
  readonly pagesWritten: number
  readonly pagesLazy: number
  readonly pagePipes?: number
  readonly pagePipeBuffers?: number
  readonly sharedPagesScanned?: number
  readonly sharedPagesSkippedParent?: number
  readonly sharedPagesWritten?: number
}

/** `stats-dump`. Undefined where it tells of a restore. */
export const dumpStatisticsImage = imageOfOne(imageTypes.STATS, ({ dump }): DumpStatistics | undefined =>
  dump === undefined
    ? undefined
    : {
        freezingTime: dump.freezing_time,
        frozenTime: dump.frozen_time,
        memoryDumpTime: dump.memdump_time,
        memoryWriteTime: dump.memwrite_time,
        ...(dump.irmap_resolve === undefined ? {} : { irmapResolveTime: dump.irmap_resolve }),
        pagesScanned: toCount(dump.pages_scanned),
        pagesSkippedParent: toCount(dump.pages_skipped_parent),
        pagesWritten: toCount(dump.pages_written),
        pagesLazy: toCount(dump.pages_lazy),
        ...(dump.page_pipes === undefined ? {} : { pagePipes: toCount(dump.page_pipes) }),
        ...(dump.page_pipe_bufs === undefined ? {} : { pagePipeBuffers: toCount(dump.page_pipe_bufs) }),
        ...(dump.shpages_scanned === undefined ? {} : { sharedPagesScanned: toCount(dump.shpages_scanned) }),
        ...(dump.shpages_skipped_parent === undefined
          ? {}
          : { sharedPagesSkippedParent: toCount(dump.shpages_skipped_parent) }),
        ...(dump.shpages_written === undefined ? {} : { sharedPagesWritten: toCount(dump.shpages_written) }),
      },
)
