import type { Unreadable } from '@kubectl-checkpoint/core/documents'
import { printable } from './printable.ts'
import { shorten } from './table.ts'
import { wrap } from './wrap.ts'

const mostNamed = 5
const longestLabel = 500

/** What is broken, without what was merely too large to be looked through for this question. */
export const damagedParts = <Part extends Unreadable>(unreadable: readonly Part[]): readonly Part[] =>
  unreadable.filter(({ code }) => code !== 'DIFFERENCE_TOO_LARGE')

/** Which parts of an archive could not be read, and the codes of why, for stderr; nothing if there are none. */
export function describeDamage(label: string, unreadable: readonly Unreadable[], width: number): string {
  const damaged = damagedParts(unreadable)
  if (damaged.length === 0) return ''
  const count = damaged.length === 1 ? '1 part' : `${damaged.length} parts`
  const left = damaged.length - mostNamed
  const names = [
    ...damaged.slice(0, mostNamed).map(({ entry, code }) => `${shorten(entry, longestLabel)} (${code})`),
    ...(left > 0 ? [`and ${left} more`] : []),
  ]
  const text = `error: ${count} of ${shorten(label, longestLabel)} could not be read: ${names.join(', ')}`
  return `${wrap(printable(text), width)}\n`
}
