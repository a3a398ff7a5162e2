import type { Inspection } from '@kubectl-checkpoint/core/documents'
import { printable } from '../printable.ts'
import { shorten } from '../table.ts'
import { bytes } from '../units.ts'
import { wrapBeside } from '../wrap.ts'

type Readable = Pick<Inspection, 'unreadable'> & Partial<Pick<Inspection, 'unknownImages'>>

const longestLine = 500
const mostLines = 20

/**
 * What could not be read of the archive, and what this version does not know; nothing if all went well. Lines are
 * wrapped to the terminal's `width`, if it is for one.
 */
export function describeUnread(
  { unreadable, unknownImages = [] }: Readable,
  width?: number | undefined,
): string {
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
    .map((line) => `${wrapBeside(2, printable(shorten(line, longestLine)), width).trimStart()}\n`)
    .join('')
}
