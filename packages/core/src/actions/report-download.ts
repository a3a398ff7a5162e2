import type { DownloadReport } from './download.ts'
import type { ActionEvent } from './events.ts'

/** Makes events of what a download says; `item` is what they are about. */
export const reportDownload = (item: string, emit: (event: ActionEvent) => void): DownloadReport => ({
  onPhase: (phase) => emit({ type: 'phase', item, phase }),
  onProgress: (doneBytes, totalBytes) => emit({ type: 'progress', item, doneBytes, totalBytes }),
  onContinue: (atByte) => emit({ type: 'notice', item, notice: { kind: 'download-continued', atByte } }),
  onAlreadyHere: (path) => emit({ type: 'notice', item, notice: { kind: 'already-here', path } }),
})
