import { printable } from '../printable.ts'
import { bytes } from '../units.ts'
import type { SectionView } from './section-view.ts'

/** What the container wrote, as `kubectl logs` shows it; with `-o wide` as its `--timestamps` does. */
export const logSection: SectionView = {
  title: 'Log',
  toText({ log }, { headers, wide }) {
    if (!log || log.lines.length === 0) return headers ? 'none\n' : ''
    const lines = log.lines.map(
      ({ time, stream, text }) =>
        `${printable((wide ? [time, stream, text] : [text]).filter(Boolean).join(' '))}\n`,
    )
    const note = headers && log.truncated ? [`… the end of ${bytes(log.sizeBytes)}\n`] : []
    return [...note, ...lines].join('')
  },
}
