import { CriuError } from './errors.ts'

// Words of criu/include/magic.h that say "the kind follows".
const commonMagic = 0x54564319
const serviceMagic = 0x55105940

/**
 * The messages of an image, sharing its memory, one after another: the millions of a large page map, kept at once,
 * would take many times the memory of the image. Layout, little-endian: an optional word COMMON or SERVICE (inventory
 * and images of old CRIU lack it), the kind's magic word, then messages, each after its length in 32 bits.
 * @param where For messages: the source's label.
 * @throws {CriuError} BAD_MAGIC; IMAGE_TRUNCATED.
 * @see criu/image.c
 */
export function* parseMessages(bytes: Uint8Array, magic: number, where: string): Generator<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const word = (offset: number, what: string) => {
    if (offset + 4 > bytes.length) throw truncated(where, what)
    return view.getUint32(offset, true)
  }
  const first = word(0, 'its magic word')
  let offset = first === commonMagic || first === serviceMagic ? 4 : 0
  const kind = word(offset, 'its magic word')
  if (kind !== magic) {
    throw new CriuError('BAD_MAGIC', `${where}: the magic word is ${hex(kind)}, not ${hex(magic)}`)
  }
  offset += 4
  for (let count = 0; offset < bytes.length; count += 1) {
    const length = word(offset, `the length of message ${count}`)
    offset += 4
    if (length > bytes.length - offset) throw truncated(where, `message ${count}`)
    yield bytes.subarray(offset, offset + length)
    offset += length
  }
}

const hex = (word: number): string => `0x${word.toString(16)}`

const truncated = (where: string, what: string): CriuError =>
  new CriuError('IMAGE_TRUNCATED', `${where} ends inside ${what}`, {
    hint: 'The checkpoint was not written completely, or was damaged since. Make a new one.',
  })
