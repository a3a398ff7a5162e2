import { basename, dirname } from 'node:path/posix'
import type { Compress } from '../remote/node-files/index.ts'
import { download, type LocalArchive } from './download.ts'
import { reportDownload } from './report-download.ts'
import type { Scope } from './scope.ts'

/**
 * Brings the archive at `path` on `node` into the local folder `to`; `item` is what its events are about.
 * @throws what `download` and reading the node throw.
 */
export function fetchArchive(
  { readers, emit, signal, inTurn }: Scope,
  item: string,
  node: string,
  path: string,
  to: string,
  compress: Compress = 'auto',
): Promise<LocalArchive> {
  const file = basename(path)
  return inTurn(node, async () => {
    emit({ type: 'phase', item, phase: 'starting-reader' })
    const folder = readers.folder(node, dirname(path))
    const [source, ways] = await Promise.all([folder.open(file, signal), folder.ways(compress, signal)])
    const archive = {
      label: source.label,
      size: source.size,
      identity: JSON.stringify([source.place, source.identity]),
      sha256: source.sha256,
      transfer: (from: number) => source.transfer({ from, ways, signal }),
    }
    return download({ source: archive, fileName: file, to, report: reportDownload(item, emit), signal })
  })
}
