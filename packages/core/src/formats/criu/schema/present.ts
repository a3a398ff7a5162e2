import type { Field, Fields } from './field.ts'
import { formatIpAddress } from './ip-address.ts'
import type { MessageType } from './message.ts'
import { quotePrintable } from './quote-printable.ts'

/** What JSON can hold, and integers of 64 bits. */
export type JsonValue =
  | string
  | number
  | bigint
  | boolean
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue }

/**
 * A message as CRIT writes it: with `pretty` as in `crit show`, else as in `crit decode`, where every number stays one.
 * What CRIT can't write, it fails on: numbers of enumerations without a name stay numbers here, and an address of
 * neither one nor four words stays words.
 * @see pycriu/images/pb2dict.py
 */
export const presentMessage = <Message>(
  type: MessageType<Message>,
  message: Message,
  pretty: boolean,
): { readonly [name: string]: JsonValue } => presentFields(type.fields, message as Values, pretty, false)

/** In lines, as Python and e-mail write it. */
export const presentBytes = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('base64')
    .replaceAll(/.{1,76}/g, '$&\n')

type Values = Readonly<Record<string, unknown>>

/** @param inHex A message around this one is marked so that all its numbers are in hex. */
function presentFields(
  fields: Fields,
  values: Values,
  pretty: boolean,
  inHex: boolean,
): { readonly [name: string]: JsonValue } {
  const object: Record<string, JsonValue> = {}
  for (const name in fields) {
    const field = fields[name]
    const value = values[name]
    if (field === undefined || value === undefined) continue
    if (!Array.isArray(value)) {
      object[name] = presentValue(field, value, pretty, inHex)
    } else if (value.length > 0) {
      const address = pretty && field.presentation?.kind === 'ip-address' ? formatIpAddress(value) : undefined
      object[name] =
        address === undefined ? value.map((one) => presentValue(field, one, pretty, inHex)) : [address]
    }
  }
  return object
}

function presentValue(field: Field<unknown>, value: unknown, pretty: boolean, inHex: boolean): JsonValue {
  const { type, presentation } = field
  const isHex = inHex || presentation?.kind === 'hex'
  if (type.fields) return presentFields(type.fields, value as Values, pretty, isHex)
  if (value instanceof Uint8Array) {
    return presentation?.kind === 'quoted-printable' ? quotePrintable(value) : presentBytes(value)
  }
  if (typeof value === 'number' && type.names) return type.names[value] ?? value
  if (typeof value === 'bigint') return pretty && isHex ? hex(value) : value
  if (typeof value === 'number') return pretty ? presentNumber(field, value, isHex) : value
  return value as string | boolean
}

function presentNumber({ presentation }: Field<unknown>, value: number, isHex: boolean): JsonValue {
  if (isHex) return hex(value)
  switch (presentation?.kind) {
    case 'device':
      return presentation.coding === 'kernel'
        ? `${value >>> 20}:${value & 0xfffff}`
        : `${(value >>> 8) & 0xfff}:${(value & 0xff) | ((value >>> 12) & 0xfff00)}`
    case 'flags':
      return presentFlags(presentation.bits, value)
    case 'names':
      return presentation.names[value] ?? value
  }
  return value
}

function presentFlags(bits: readonly (readonly [name: string, bit: number])[], value: number): string {
  const parts: string[] = []
  let rest = value
  for (const [name, bit] of bits) {
    if (value & bit) parts.push(name)
    rest &= ~bit
  }
  if (rest !== 0) parts.push(hex(rest >>> 0))
  return parts.join(' | ')
}

const hex = (value: number | bigint): string => `0x${value.toString(16)}`
