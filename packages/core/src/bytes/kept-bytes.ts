import { firstIndex } from './first-index.ts'
import type { Span } from './plan-reads.ts'

/** Pieces of a source, held in memory. */
export interface KeptBytes {
  /** Bytes held in all. */
  readonly length: number
  /** Holds `bytes`, which must not change any more, as those that stand at `start`. */
  add(start: number, bytes: Uint8Array): void
  has(span: Span): boolean
  /** A copy of the bytes of a span that lies within one piece; undefined if it doesn't. */
  find(span: Span): Uint8Array | undefined
}

interface Piece {
  readonly start: number
  readonly bytes: Uint8Array
}

export function keptBytes(): KeptBytes {
  const pieces: Piece[] = []
  let length = 0
  const findPiece = ({ offset, length }: Span) => {
    const piece = pieces[countUpTo(pieces, offset) - 1]
    return piece && offset + length <= piece.start + piece.bytes.length ? piece : undefined
  }
  return {
    get length() {
      return length
    },
    add(start, bytes) {
      pieces.splice(countUpTo(pieces, start), 0, { start, bytes })
      length += bytes.length
    },
    has: (span) => findPiece(span) !== undefined,
    find(span) {
      const piece = findPiece(span)
      const from = span.offset - (piece?.start ?? 0)
      return piece?.bytes.slice(from, from + span.length)
    },
  }
}

/** Of pieces in order, how many start at `offset` or before. */
const countUpTo = (pieces: readonly Piece[], offset: number): number =>
  firstIndex(pieces, ({ start }) => start > offset)
