import type { ReadOptions } from '../../bytes/index.ts'
import type { AddressRange } from '../../formats/criu/index.ts'
import type { AddressSpace, MemoryPiece } from './address-space.ts'

/**
 * The strings of a range in which each ends with a NUL; the last one may lack it. Undefined where the archive
 * doesn't hold every byte of the range. Reads as much memory as the range is long: the caller limits it.
 */
export async function readStrings(
  space: AddressSpace,
  { start, end }: AddressRange,
  options: ReadOptions = {},
): Promise<readonly string[] | undefined> {
  const pieces = await space.read(start, Number(end - start), options)
  if (!pieces.every(isBytes)) return undefined
  const text = new TextDecoder().decode(Buffer.concat(pieces.map(({ bytes }) => bytes)))
  if (text === '') return []
  return (text.endsWith('\0') ? text.slice(0, -1) : text).split('\0')
}

const isBytes = (piece: MemoryPiece): piece is MemoryPiece & { kind: 'bytes' } => piece.kind === 'bytes'
