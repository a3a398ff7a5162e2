import { basename, dirname } from 'node:path/posix'
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
): Promise<LocalArchive> {
  const file = basename(path)
  const report = {
    onPhase: (phase: 'downloading' | 'verifying') => emit({ type: 'phase', item, phase }),
    onProgress: (doneBytes: number, totalBytes: number) =>
      emit({ type: 'progress', item, doneBytes, totalBytes }),
    onAlreadyHere: (path: string) => emit({ type: 'notice', item, notice: { kind: 'already-here', path } }),
  }
  return inTurn(node, async () => {
    emit({ type: 'phase', item, phase: 'starting-reader' })
    const source = await readers.folder(node, dirname(path)).open(file, signal)
    return download(source, file, to, report, signal)
  })
}
