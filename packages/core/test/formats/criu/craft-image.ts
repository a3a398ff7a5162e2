import type { Field, FieldType, MessageType } from '../../../src/formats/criu/schema/index.ts'

const commonMagic = 0x54564319

/** An image file: magic words, then each message after its length. */
export const craftImage = (magic: number, messages: readonly Uint8Array[], first = commonMagic): Uint8Array =>
  Buffer.concat([words(first, magic), ...messages.flatMap((message) => [words(message.length), message])])

/** What of a message a test cares for. */
export type Crafted<Value> = Value extends Uint8Array | string | number | bigint | boolean
  ? Value
  : Value extends readonly (infer Element)[]
    ? readonly Crafted<Element>[]
    : { readonly [Name in keyof Value]?: Crafted<Value[Name]> }

/** A message's bytes. Required fields that aren't given are zero or empty. */
export const craftMessage = <Value>(type: MessageType<Value>, fields: Crafted<Value>): Uint8Array =>
  Buffer.concat(
    Object.entries(type.fields).flatMap(([name, field]) => {
      const value = (fields as Readonly<Record<string, unknown>>)[name]
      if (Array.isArray(value)) return value.map((element) => craftField(field, element))
      return value === undefined && field.rule !== 'required' ? [] : [craftField(field, value)]
    }),
  )

/** A repeated field whose numbers stand together. */
export const craftPacked = (number: number, values: readonly bigint[]): Uint8Array => {
  const bytes = Buffer.concat(values.map(craftVarint))
  return Buffer.concat([craftVarint(BigInt(number * 8 + 2)), craftVarint(BigInt(bytes.length)), bytes])
}

/** Seven bits a byte, the least significant first. */
export function craftVarint(value: bigint): Uint8Array {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, value)
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  return Buffer.from([...bytes, Number(rest)])
}

/** Little-endian words of 32 bits. */
export const words = (...values: readonly number[]): Uint8Array =>
  Buffer.from(Uint32Array.from(values).buffer)

const craftField = ({ number, type }: Field<unknown>, value: unknown): Uint8Array =>
  Buffer.concat([craftVarint(BigInt(number * 8 + type.wireType)), craftValue(type, value)])

function craftValue(type: FieldType<unknown>, value: unknown): Uint8Array {
  if (type.fields) return sized(craftMessage(type as MessageType<unknown>, value ?? {}))
  if (type.wireType === 2) return sized(Buffer.from((value ?? '') as string))
  const number = BigInt((value ?? 0) as number | bigint | boolean)
  if (type.wireType === 1) {
    const bytes = Buffer.alloc(8)
    bytes.writeBigUInt64LE(number)
    return bytes
  }
  return craftVarint(type.name.startsWith('sint') ? (number << 1n) ^ (number >> 63n) : number)
}

const sized = (bytes: Uint8Array): Uint8Array => Buffer.concat([craftVarint(BigInt(bytes.length)), bytes])
