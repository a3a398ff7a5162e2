import { basename, dirname } from 'node:path/posix'
import type { Compress } from '../remote/node-files/index.ts'
import { download, type LocalArchive } from './download.ts'
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
  const report = {
    onPhase: (phase: 'downloading' | 'verifying') => emit({ type: 'phase', item, phase }),
    onProgress: (doneBytes: number, totalBytes: number) =>
      emit({ type: 'progress', item, doneBytes, totalBytes }),
    onContinue: (atByte: number) =>
      emit({ type: 'notice', item, notice: { kind: 'download-continued', atByte } }),
    onAlreadyHere: (path: string) => emit({ type: 'notice', item, notice: { kind: 'already-here', path } }),
  }
  return inTurn(node, async () => {
    emit({ type: 'phase', item, phase: 'starting-reader' })
    const folder = readers.folder(node, dirname(path))
    const [source, ways] = await Promise.all([folder.open(file, signal), folder.ways(compress, signal)])
    return download({ source, fileName: file, to, ways, report, signal })
  })
}
