/** A message ended inside a field, or has what protobuf's wire format doesn't know. */
export class WireError extends Error {}

const text = new TextDecoder()

// As many levels as protobuf's own implementations take. CRIU's messages have six.
const maxDepth = 100

// Linux allows an address space 65,530 mappings unless it's told to allow more; nothing else in a message is as many.
const maxNested = 2 ** 20

// Most numbers of 64 bits are small, and a new bigint costs more than reading it.
const smallNumbers = Array.from({ length: 0x80 }, (_, value) => BigInt(value))

/**
 * Reads protobuf's wire format: each field is a tag (number × 8 + wire type) and a value, all numbers in groups of
 * seven bits, the least significant first. Shares the memory of `bytes`.
 * @see https://protobuf.dev/programming-guides/encoding
 */
export class WireReader {
  readonly #bytes: Uint8Array
  #at: number
  #end: number
  #depth = 0
  #nestedLeft = maxNested

  constructor(bytes: Uint8Array, start = 0, end: number = bytes.length) {
    this.#bytes = bytes
    this.#at = start
    this.#end = end
  }

  /** Starts over with another message in the same bytes. */
  turnTo(start: number, end: number): void {
    this.#at = start
    this.#end = end
    this.#depth = 0
    this.#nestedLeft = maxNested
  }

  get ended(): boolean {
    return this.#at >= this.#end
  }

  /** A number of up to 32 bits; of a longer one the lower 32, as protobuf demands. */
  uint32(): number {
    const first = this.#byte()
    if (first < 0x80) return first
    let value = first & 0x7f
    for (let shift = 7; shift < 70; shift += 7) {
      const byte = this.#byte()
      if (shift < 32) value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value >>> 0
    }
    throw new WireError('a number of more than ten bytes')
  }

  int32(): number {
    return this.uint32() | 0
  }

  /** A number in zigzag: 0, -1, 1, -2 … */
  sint32(): number {
    const value = this.uint32()
    return (value >>> 1) ^ -(value & 1)
  }

  uint64(): bigint {
    // Numbers of 28 bits each, because numbers are faster than bigints.
    let low = 0
    let middle = 0
    let high = 0
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#byte()
      const bits = byte & 0x7f
      if (shift < 28) low |= bits << shift
      else if (shift < 56) middle |= bits << (shift - 28)
      else high |= bits << (shift - 56)
      if (byte < 0x80) return smallNumbers[shift === 0 ? byte : 0x80] ?? join(low, middle, high)
    }
    throw new WireError('a number of more than ten bytes')
  }

  int64(): bigint {
    return BigInt.asIntN(64, this.uint64())
  }

  /** A number in zigzag. */
  sint64(): bigint {
    const value = this.uint64()
    return (value >> 1n) ^ -(value & 1n)
  }

  bool(): boolean {
    return this.uint64() !== 0n
  }

  /** Eight bytes, the least significant first. */
  fixed64(): bigint {
    const bytes = this.#take(8)
    return new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true)
  }

  /** Bytes after their length. */
  bytes(): Uint8Array {
    return this.#take(this.uint32())
  }

  /** Invalid UTF-8 becomes U+FFFD. */
  string(): string {
    return text.decode(this.bytes())
  }

  /**
   * Narrows the reader to the bytes after their length: of a message in this one, or of numbers without tags.
   * @returns What `leave` wants.
   */
  enter(): number {
    const length = this.uint32()
    if (length > this.#end - this.#at) throw endsInside()
    this.#depth += 1
    this.#nestedLeft -= 1
    if (this.#depth > maxDepth) throw new WireError('messages too deep in each other')
    if (this.#nestedLeft < 0) throw new WireError(`more than ${maxNested} messages in it`)
    const outerEnd = this.#end
    this.#end = this.#at + length
    return outerEnd
  }

  leave(outerEnd: number): void {
    this.#depth -= 1
    this.#end = outerEnd
  }

  skip(wireType: number): void {
    switch (wireType) {
      case 0:
        this.uint64()
        return
      case 1:
        this.#take(8)
        return
      case 2:
        this.bytes()
        return
      case 5:
        this.#take(4)
        return
    }
    throw new WireError(`wire type ${wireType}`)
  }

  #byte(): number {
    const byte = this.#at < this.#end ? this.#bytes[this.#at] : undefined
    if (byte === undefined) throw endsInside()
    this.#at += 1
    return byte
  }

  #take(length: number): Uint8Array {
    if (length > this.#end - this.#at) throw endsInside()
    const taken = this.#bytes.subarray(this.#at, this.#at + length)
    this.#at += length
    return taken
  }
}

const endsInside = (): WireError => new WireError('it ends inside a field')

function join(low: number, middle: number, high: number): bigint {
  const lowest = low + (middle % 2 ** 24) * 2 ** 28
  if (high === 0 && middle < 2 ** 24) return BigInt(lowest)
  return BigInt.asUintN(64, (BigInt(high) << 56n) | (BigInt(middle >>> 24) << 52n) | BigInt(lowest))
}
