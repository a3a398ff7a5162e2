import type { ByteSource, ReadOptions } from '../../bytes/index.ts'
import { type Entry, EntryParser, findMagic, truncated } from './entries.ts'
import { CriuError } from './errors.ts'
import type { ImageType } from './image-type.ts'

const windowLength = 1024 * 1024
// Where other bytes lie between messages, most of a large window would be read for nothing.
const windowLengthAmongPayloads = 64 * 1024

/**
 * The entries of an image in batches, so that memory doesn't grow with the image. A read for each megabyte; what follows
 * the messages isn't read, unless it lies in the same window.
 * @throws {CriuError} BAD_MAGIC; IMAGE_TRUNCATED; IMAGE_TOO_LARGE; BAD_MESSAGE.
 */
export async function* readEntries<Message>(
  type: ImageType<Message>,
  source: ByteSource,
  options: ReadOptions = {},
): AsyncGenerator<readonly Entry<Message>[]> {
  const { payloadLengths, next, inner } = type.layout
  const usual = payloadLengths || next?.payloadLengths || inner ? windowLengthAmongPayloads : windowLength
  const read = (offset: number, needed: number) =>
    source.read(offset, Math.min(source.size - offset, Math.max(usual, needed)), options)
  let window = await read(0, 8)
  let start = 0
  const found = findMagic(window.subarray(0, 8))
  if (!found) throw truncated(source.label, 'its magic word')
  const { magic, end } = found
  if (magic !== type.magic) {
    throw new CriuError(
      'BAD_MAGIC',
      `${source.label}: the magic word is ${hex(magic)}, not ${hex(type.magic)}`,
    )
  }
  const parser = new EntryParser(type, end, source.size, source.label)
  while (parser.offset < source.size) {
    if (parser.offset + parser.needed > start + window.length) {
      start = parser.offset
      window = await read(start, parser.needed)
    }
    yield parser.parse(window.subarray(parser.offset - start))
  }
}

const hex = (word: number): string => `0x${word.toString(16)}`
