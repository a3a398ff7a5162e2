import type { ReadOptions } from '../../bytes/index.ts'
import type { StatsDocument } from '../../documents/index.ts'
import { dumpStatisticsImage, readImage } from '../../formats/criu/index.ts'
import { type Archive, type ReportUnreadable, unlessUnreadable } from '../archive/index.ts'

/** What the dump took, as CRIU counted. Undefined where the archive doesn't say. */
export async function readStats(
  archive: Archive,
  report: ReportUnreadable,
  options: ReadOptions = {},
): Promise<StatsDocument | undefined> {
  const entry = 'stats-dump'
  const source = archive.findEntry(entry)
  if (!source) return undefined
  const dump = await unlessUnreadable(entry, report, () => readImage(dumpStatisticsImage, source, options))
  if (!dump) return undefined
  const { freezingTime, frozenTime, memoryDumpTime, memoryWriteTime, irmapResolveTime, ...pages } = dump
  return {
    freezingTimeMicroseconds: freezingTime,
    frozenTimeMicroseconds: frozenTime,
    memoryDumpTimeMicroseconds: memoryDumpTime,
    memoryWriteTimeMicroseconds: memoryWriteTime,
    ...(irmapResolveTime === undefined ? {} : { irmapResolveMicroseconds: irmapResolveTime }),
    ...pages,
  }
}
