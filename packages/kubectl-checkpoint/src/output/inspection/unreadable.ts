import type { Inspection } from '@kubectl-checkpoint/core/documents'
import { printable } from '../printable.ts'
import { shorten } from '../table.ts'
import { bytes } from '../units.ts'

type Readable = Pick<Inspection, 'unreadable'> & Partial<Pick<Inspection, 'unknownImages'>>

const longestLine = 500
const mostLines = 20

/** What could not be read of the archive, and what this version does not know; nothing if all went well. */
export function describeUnread({ unreadable, unknownImages = [] }: Readable): string {
  const lines = [
    ...unreadable.map(
      ({ entry, code, message }) =>
        `could not be read: ${message.includes(entry) ? message : `${entry}: ${message}`} (${code})`,
    ),
    ...unknownImages.map(
      ({ name, magic, sizeBytes }) =>
        `of a kind not known here: ${name}, magic ${magic}, ${bytes(sizeBytes)}`,
    ),
  ]
  const left = lines.length - mostLines
  return [...lines.slice(0, mostLines), ...(left > 0 ? [`… and ${left} more: -o json`] : [])]
    .map((line) => `${printable(shorten(line, longestLine))}\n`)
    .join('')
}
