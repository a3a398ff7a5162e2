import type { ReadOptions } from '../../bytes/index.ts'
import type { SpecDocument } from '../../documents/index.ts'
import type { Archive, ReportUnreadable } from '../archive/index.ts'
import { jsonObject, type Particulars } from '../engines/index.ts'
import { describeSpec } from './describe-spec.ts'
import { readJson } from './read-json.ts'

/**
 * The container's specification with all that the engine wrote beside it, each entry in one read. Undefined where the
 * archive has none.
 */
export async function readSpec(
  archive: Archive,
  { labels, exposedPorts }: Particulars,
  report: ReportUnreadable,
  options: ReadOptions = {},
): Promise<SpecDocument | undefined> {
  if (archive.spec === undefined) return undefined
  const read = (entry: string) => readJson(archive, entry, report, options)
  const { spec: _, ...config } = jsonObject(archive.config).value
  const written = {
    status: await read('status'),
    'status.dump': await read('status.dump'),
  }
  const status = Object.fromEntries(
    Object.entries(written).flatMap(([entry, json]) =>
      json === undefined ? [] : [[entry, jsonObject(json).value]],
    ),
  )
  const bindMounts = jsonObject({ list: await read('bind.mounts') })
    .objects('list')
    .map(({ value }) => value)
  const network = jsonObject(await read('network.status')).value
  return {
    ...describeSpec(archive.spec),
    ...(labels ? { labels } : {}),
    ...(exposedPorts ? { exposedPorts } : {}),
    ...(Object.keys(status).length > 0 ? { status } : {}),
    config,
    ...(bindMounts.length > 0 ? { bindMounts } : {}),
    ...(Object.keys(network).length > 0 ? { network } : {}),
  }
}
