import type { ReadOptions } from '../../bytes/index.ts'
import type { Archive, ReportUnreadable } from '../archive/index.ts'
import { jsonObject, type Particulars } from '../engines/index.ts'
import { readJson } from './read-json.ts'

/**
 * Labels, addresses and ports of the container, wherever its engine wrote them. At most two entries are read, each in
 * one read if the archive's read-ahead doesn't have it.
 */
export async function readParticulars(
  archive: Archive,
  report: ReportUnreadable,
  options: ReadOptions = {},
): Promise<Particulars> {
  if (!archive.engine) return {}
  return archive.engine.particulars({
    annotations: jsonObject(archive.spec).object('annotations').textsByKey(),
    config: jsonObject(archive.config),
    status: jsonObject(await readJson(archive, 'status.dump', report, options)),
    network: jsonObject(await readJson(archive, 'network.status', report, options)),
  })
}
