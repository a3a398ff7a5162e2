import type { ByteSource, ReadOptions } from '../../bytes/index.ts'
import { CriuError } from './errors.ts'
import { parseMessages } from './framing.ts'

/** A kind of image: how it is recognised, and what its messages mean. */
export interface ImageKind<Value> {
  readonly magic: number
  /** @param where For messages: the source's label. */
  readonly parse: (messages: Iterable<Uint8Array>, where: string) => Value
}

// A page map of this length describes over a million runs. Decoded, it takes some hundred MiB.
const maxImageLength = 32 * 1024 * 1024

/**
 * Reads a whole image: `readImage(pstreeImage, source)`. One read.
 * @throws {CriuError} every code.
 */
export async function readImage<Value>(
  kind: ImageKind<Value>,
  source: ByteSource,
  options: ReadOptions = {},
): Promise<Value> {
  if (source.size > maxImageLength) {
    throw new CriuError('IMAGE_TOO_LARGE', `${source.label}: an image of ${source.size} bytes`)
  }
  const bytes = await source.read(0, source.size, options)
  return kind.parse(parseMessages(bytes, kind.magic, source.label), source.label)
}
