import type { ReadOptions } from '../../bytes/index.ts'
import type { ReportUnreadable } from '../../checkpoint/archive/index.ts'
import { readChangedPaths } from '../../checkpoint/filesystem/index.ts'
import type { OpenedArchive } from '../open-archive-reference.ts'

// A compressed difference must be read whole, and one elsewhere costs a round trip for each quarter of a megabyte.
const maxLengthElsewhere = 1024 * 1024
const maxLength = 64 * 1024 * 1024

/**
 * The paths that were added or modified in the root filesystem. Undefined where there are too many to be looked through
 * for a summary, which is reported.
 */
export async function findChangedPaths(
  archive: OpenedArchive,
  report: ReportUnreadable,
  options: ReadOptions,
): Promise<ReadonlySet<string> | undefined> {
  const { rootfsDiff } = archive.sizes
  if (rootfsDiff > (archive.isLocal ? maxLength : maxLengthElsewhere)) {
    const message = `${rootfsDiff} bytes of changed files are not looked through for changed programs: see \`files ls\``
    report({ entry: 'rootfs-diff.tar', code: 'DIFFERENCE_TOO_LARGE', message })
    return undefined
  }
  const changes = await readChangedPaths(archive, report, options)
  return new Set([...changes].flatMap(([path, change]) => (change === 'deleted' ? [] : path)))
}
