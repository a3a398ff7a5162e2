import { imageTypes } from '../image-types.ts'
import { imageOfOne } from '../read-image.ts'

/** What the dump took, in CRIU's count. Times in microseconds. */
export interface DumpStatistics {
  readonly freezingTime: number
  readonly frozenTime: number
  readonly memoryDumpTime: number
  readonly memoryWriteTime: number
  readonly irmapResolveTime?: number
  readonly pagesScanned: bigint
  readonly pagesSkippedParent: bigint
  readonly pagesWritten: bigint
  readonly pagesLazy: bigint
  readonly pagePipes?: bigint
  readonly pagePipeBuffers?: bigint
  readonly sharedPagesScanned?: bigint
  readonly sharedPagesSkippedParent?: bigint
  readonly sharedPagesWritten?: bigint
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
        pagesScanned: dump.pages_scanned,
        pagesSkippedParent: dump.pages_skipped_parent,
        pagesWritten: dump.pages_written,
        pagesLazy: dump.pages_lazy,
        ...(dump.page_pipes === undefined ? {} : { pagePipes: dump.page_pipes }),
        ...(dump.page_pipe_bufs === undefined ? {} : { pagePipeBuffers: dump.page_pipe_bufs }),
        ...(dump.shpages_scanned === undefined ? {} : { sharedPagesScanned: dump.shpages_scanned }),
        ...(dump.shpages_skipped_parent === undefined
          ? {}
          : { sharedPagesSkippedParent: dump.shpages_skipped_parent }),
        ...(dump.shpages_written === undefined ? {} : { sharedPagesWritten: dump.shpages_written }),
      },
)
