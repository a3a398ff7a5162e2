import type { ReadOptions } from '../../bytes/index.ts'
import type { FileContent, FilePiece } from '../filesystem/index.ts'

const windowLength = 1024 * 1024

/** Whether two files have the same bytes; holes are zeros. Reads what the archives hold of both, in windows of 1 MiB. */
export async function isSameContent(
  a: FileContent,
  b: FileContent,
  options: ReadOptions = {},
): Promise<boolean> {
  if (a.size !== b.size) return false
  const [before, after] = [contentReader(a, options), contentReader(b, options)]
  for (let at = 0; at < a.size; ) {
    const next = Math.min(before.nextByte(at), after.nextByte(at))
    const length = Math.min(windowLength, a.size - next)
    if (length <= 0) break
    const [x, y] = await Promise.all([before.read(next, length), after.read(next, length)])
    if (Buffer.compare(x, y) !== 0) return false
    at = next + length
  }
  return true
}

/**
 * The whole of a content that is known to be short.
 * @throws what reading its sources throws.
 */
export const readWhole = (content: FileContent, options: ReadOptions = {}): Promise<Uint8Array> =>
  contentReader(content, options).read(0, content.size)

/** Reads from front to back. */
function contentReader({ size, pieces }: FileContent, options: ReadOptions) {
  let index = 0
  const pieceAt = (offset: number): FilePiece | undefined => {
    for (let piece = pieces[index]; piece; piece = pieces[index]) {
      if (piece.offset + piece.source.size > offset) return piece
      index += 1
    }
    return undefined
  }
  return {
    /** The first place from `offset` on that is in no hole; else the end. */
    nextByte: (offset: number): number => Math.max(offset, pieceAt(offset)?.offset ?? size),
    async read(offset: number, length: number): Promise<Uint8Array> {
      const bytes = new Uint8Array(length)
      const end = offset + length
      for (let at = offset; at < end; ) {
        const piece = pieceAt(at)
        if (!piece || piece.offset >= end) break
        const from = Math.max(at, piece.offset)
        const to = Math.min(end, piece.offset + piece.source.size)
        bytes.set(await piece.source.read(from - piece.offset, to - from, options), from - offset)
        at = to
      }
      return bytes
    },
  }
}
