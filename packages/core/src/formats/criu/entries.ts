import { CriuError } from './errors.ts'
import type { ImageType, Layout } from './image-type.ts'
import { type MessageType, WireReader } from './schema/index.ts'

/** A range of bytes in an image. */
export interface Payload {
  readonly offset: number
  readonly length: number
}

/** A message of an image and where the bytes that follow it are. */
export interface Entry<Message> {
  readonly type: MessageType<Message>
  readonly message: Message
  /** Bytes that the message takes. */
  readonly length: number
  readonly payloads: readonly Payload[]
}

/** Words of criu/include/magic.h that say "the type follows". */
const commonMagic = 0x54564319
const serviceMagic = 0x55105940

// The largest that CRIU writes lists the mappings of an address space: 65,530 of them unless Linux is told to allow
// more take 4 MiB. Decoded, a message takes some ten times its length.
const maxMessageLength = 16 * 1024 * 1024

const none: readonly Payload[] = []

/**
 * The magic word that says what an image is, and where its messages begin. None if the image is too short.
 * @param bytes The first eight of the image, or all if there are fewer.
 */
export function findMagic(bytes: Uint8Array): { magic: number; end: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const word = (offset: number) => (offset + 4 > bytes.length ? undefined : view.getUint32(offset, true))
  const first = word(0)
  const prefixed = first === commonMagic || first === serviceMagic
  const magic = prefixed ? word(4) : first
  return magic === undefined ? undefined : { magic, end: prefixed ? 8 : 4 }
}

// So many fit into the youngest part of the heap, where clearing them away costs least.
const maxEntries = 1024

/**
 * Splits an image into entries, window by window, and steps over what follows messages. Each message is preceded by its
 * length in 32 bits.
 * @see criu/image.c
 */
export class EntryParser<Message> {
  /** Where the next window has to begin. */
  offset: number
  /** How long it has to be at least. */
  needed = 4
  readonly #size: number
  readonly #where: string
  #layout: Layout<Message>
  #inner: Layout<Message> | undefined
  #innerLeft = 0
  #count = 0

  /**
   * @param offset Where the messages begin.
   * @param size The image's length.
   * @param where For messages: the source's label.
   */
  constructor(type: ImageType<Message>, offset: number, size: number, where: string) {
    this.#layout = type.layout
    this.offset = offset
    this.#size = size
    this.#where = where
  }

  /**
   * The next entries whose messages lie in the window whole, 1024 of them at most.
   * @param window Bytes of the image from `offset` on.
   * @throws {CriuError} IMAGE_TRUNCATED; IMAGE_TOO_LARGE; BAD_MESSAGE.
   */
  parse(window: Uint8Array): readonly Entry<Message>[] {
    const view = new DataView(window.buffer, window.byteOffset, window.byteLength)
    const reader = new WireReader(window)
    const start = this.offset
    const entries: Entry<Message>[] = []
    this.needed = 4
    while (this.offset < this.#size && entries.length < maxEntries) {
      const at = this.offset - start
      if (this.offset + 4 > this.#size) throw truncated(this.#where, `the length of message ${this.#count}`)
      if (at + 4 > window.length) return entries
      const length = view.getUint32(at, true)
      if (length > this.#size - this.offset - 4) throw truncated(this.#where, `message ${this.#count}`)
      if (length > maxMessageLength) {
        throw new CriuError('IMAGE_TOO_LARGE', `${this.#where}: a message of ${length} bytes`)
      }
      if (at + 4 + length > window.length) {
        this.needed = 4 + length
        return entries
      }
      this.offset += 4 + length
      reader.turnTo(at + 4, at + 4 + length)
      entries.push(this.#entry(reader, length))
    }
    if (this.offset === this.#size && this.#innerLeft > 0) {
      throw truncated(this.#where, `what belongs to message ${this.#count - 1}`)
    }
    return entries
  }

  #entry(reader: WireReader, length: number): Entry<Message> {
    const layout = this.#innerLeft > 0 && this.#inner ? this.#inner : this.#layout
    const message = layout.type.decode(reader, this.#where)
    const entry = { type: layout.type, message, length, payloads: this.#payloads(layout, message) }
    this.#count += 1
    if (layout === this.#inner) {
      this.#innerLeft -= 1
    } else {
      this.#inner = layout.inner?.layout
      this.#innerLeft = layout.inner?.count(message) ?? 0
      this.#layout = layout.next ?? layout
    }
    return entry
  }

  #payloads(layout: Layout<Message>, message: Message): readonly Payload[] {
    if (!layout.payloadLengths) return none
    const alignment = layout.alignment ?? 1
    return layout.payloadLengths(message).map((wanted) => {
      const left = this.#size - this.offset
      const length = wanted === Infinity ? left : wanted
      if (length > left) throw truncated(this.#where, `the data of message ${this.#count}`)
      const payload = { offset: this.offset, length }
      // The filling after the last one may be missing.
      this.offset = Math.min(this.#size, this.offset + Math.ceil(length / alignment) * alignment)
      return payload
    })
  }
}

export const truncated = (where: string, what: string): CriuError =>
  new CriuError('IMAGE_TRUNCATED', `${where} ends inside ${what}`, {
    hint: 'The checkpoint was not written completely, or was damaged since. Make a new one.',
  })
