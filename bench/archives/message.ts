/** A field of a protobuf message, as far as images of CRIU have them: numbers, and runs of bytes. */
export interface Field {
  readonly number: number
  readonly value: bigint | Uint8Array
}

export function parseFields(message: Uint8Array): Field[] {
  const fields: Field[] = []
  for (let at = 0; at < message.length; ) {
    const [tag, afterTag] = readVarint(message, at)
    const [value, end] = readVarint(message, afterTag)
    const number = Number(tag >> 3n)
    const isBytes = (tag & 7n) === 2n
    at = isBytes ? end + Number(value) : end
    fields.push({ number, value: isBytes ? message.subarray(end, at) : value })
  }
  return fields
}

export const buildMessage = (fields: readonly Field[]): Buffer =>
  Buffer.concat(
    fields.flatMap(({ number, value }) => {
      const tag = BigInt(number) << 3n
      if (typeof value === 'bigint') return [varint(tag), varint(value)]
      return [varint(tag | 2n), varint(BigInt(value.length)), value]
    }),
  )

/** The number that stands first under `number`. */
export function numberOf(fields: readonly Field[], number: number): bigint | undefined {
  const value = fields.find((field) => field.number === number)?.value
  return typeof value === 'bigint' ? value : undefined
}

function readVarint(bytes: Uint8Array, offset: number): [value: bigint, end: number] {
  let value = 0n
  for (let at = offset, shift = 0n; ; at += 1, shift += 7n) {
    const byte = bytes[at] ?? 0
    value |= BigInt(byte & 0x7f) << shift
    if (byte < 0x80) return [value, at + 1]
  }
}

function varint(value: bigint): Uint8Array {
  const bytes: number[] = []
  // Negative numbers take ten bytes.
  let left = BigInt.asUintN(64, value)
  while (left > 0x7fn) {
    bytes.push(Number(left & 0x7fn) | 0x80)
    left >>= 7n
  }
  return Uint8Array.from([...bytes, Number(left)])
}
