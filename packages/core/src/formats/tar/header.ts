import { TarError } from './errors.ts'

export const blockLength = 512

/** One header block, as it stands in the archive: neither extended records nor defaults are applied. */
export interface TarHeader {
  /** With the prefix of ustar, undecorated. */
  readonly name: string
  readonly linkName: string
  /** The type flag's character: `0` file, `5` directory, `x` extended header, … */
  readonly flag: string
  readonly size: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly mtimeSeconds: number
  /** Of a device. */
  readonly device?: { readonly major: number; readonly minor: number }
}

/** True for the block of zeros that ends an archive. */
export const isZeroBlock = (block: Uint8Array): boolean => block.every((byte) => byte === 0)

/** Whether the block's checksum is right, counted with unsigned bytes as POSIX says or signed as some old tars did. */
export function hasValidChecksum(block: Uint8Array): boolean {
  const stored = parseOctal(block.subarray(148, 156))
  return (
    stored === checksum(block) ||
    stored === checksum(new Int8Array(block.buffer, block.byteOffset, blockLength))
  )
}

/** The sum of all bytes, in which the checksum's own field counts as spaces. */
const checksum = (block: Uint8Array | Int8Array): number =>
  sum(block.subarray(0, 148)) + 8 * 0x20 + sum(block.subarray(156))

function sum(bytes: Uint8Array | Int8Array): number {
  let total = 0
  // Several times as fast as `reduce`, in what takes most of the time of reading headers.
  for (let index = 0; index < bytes.length; index += 1) total += bytes[index] ?? 0
  return total
}

/**
 * Parses a v7, ustar or GNU header block.
 * Layout (offset, length): name 0 100, mode 100 8, uid 108 8, gid 116 8, size 124 12, mtime 136 12, checksum 148 8,
 * flag 156 1, link name 157 100, magic 257 6, device numbers 329 8 and 337 8, prefix 345 155.
 * @param where For messages: source and offset.
 * @throws {TarError} BAD_CHECKSUM; BAD_HEADER.
 */
export function parseHeader(block: Uint8Array, where: string): TarHeader {
  if (!hasValidChecksum(block)) {
    throw new TarError('BAD_CHECKSUM', `${where}: the header's checksum is wrong`, {
      hint: 'The archive is damaged. Fetch it again.',
    })
  }
  const number = (offset: number, length: number, field: string) => {
    const value = parseNumber(block.subarray(offset, offset + length))
    if (value === undefined) throw new TarError('BAD_HEADER', `${where}: ${field} is not a number`)
    return value
  }
  // GNU's own format, `ustar` and two spaces, keeps times where POSIX keeps the prefix.
  const prefix = parseText(block, 257, 6) === 'ustar' ? parseText(block, 345, 155) : ''
  const name = parseText(block, 0, 100)
  const size = number(124, 12, 'the size')
  if (size < 0) throw new TarError('BAD_HEADER', `${where}: the size is negative`)
  // Before POSIX, a NUL stood for a file.
  const flag = block[156] === 0 ? '0' : String.fromCharCode(block[156] ?? 0)
  const isDevice = flag === '3' || flag === '4'
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    linkName: parseText(block, 157, 100),
    flag,
    size,
    mode: number(100, 8, 'the mode'),
    uid: number(108, 8, 'the user ID'),
    gid: number(116, 8, 'the group ID'),
    mtimeSeconds: number(136, 12, 'the modification time'),
    ...(isDevice
      ? { device: { major: number(329, 8, 'the device'), minor: number(337, 8, 'the device') } }
      : {}),
  }
}

const text = new TextDecoder()

/** The text before the first NUL. */
function parseText(block: Uint8Array, offset: number, length: number): string {
  const field = block.subarray(offset, offset + length)
  const end = field.indexOf(0)
  return text.decode(end === -1 ? field : field.subarray(0, end))
}

function parseNumber(field: Uint8Array): number | undefined {
  return (field[0] ?? 0) & 0x80 ? parseBase256(field) : parseOctal(field)
}

/** Octal digits between optional spaces, ended by a space, a NUL or the field; an empty field is 0. */
function parseOctal(field: Uint8Array): number | undefined {
  let value = 0
  let state: 'before' | 'digits' | 'after' = 'before'
  for (const byte of field) {
    const isDigit = byte >= 0x30 && byte <= 0x37
    if (isDigit && state !== 'after') {
      state = 'digits'
      value = value * 8 + byte - 0x30
    } else if (byte === 0 || (byte === 0x20 && state !== 'before')) {
      state = 'after'
    } else if (byte !== 0x20) {
      return undefined
    }
  }
  return value
}

/** GNU's form of large and negative numbers: big-endian two's complement, marked by the highest bit. */
function parseBase256(field: Uint8Array): number | undefined {
  const negative = field[0] === 0xff
  let value = negative ? -1 : (field[0] ?? 0) & 0x7f
  for (const byte of field.subarray(1)) {
    value = value * 256 + byte
    if (!Number.isSafeInteger(value)) return undefined
  }
  return value
}
