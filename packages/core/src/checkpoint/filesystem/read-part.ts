import { type ReportUnreadable, unlessUnreadable } from '../archive/index.ts'
import { FilesystemError } from './errors.ts'
import type { FileLayer } from './file-layer.ts'

/** The layers that `read` makes of an entry of the archive; none, and a report, if that is broken. */
export async function readPart(
  entry: string,
  report: ReportUnreadable,
  read: () => Promise<readonly FileLayer[]>,
): Promise<readonly FileLayer[]> {
  return (await unlessUnreadable(entry, report, read, FilesystemError)) ?? []
}
