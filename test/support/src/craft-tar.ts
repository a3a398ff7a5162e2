import type { Part } from './virtual-source.ts'

export interface CraftedEntry {
  readonly name: string
  /** The type flag. Default: `0`, a file. */
  readonly flag?: string
  readonly linkName?: string
  /** A number stands for so many zeros. */
  readonly data?: string | Part | readonly Part[]
  /** Changes the header before its checksum is counted. */
  readonly edit?: (header: Uint8Array) => void
}

const endMarker = 1024

/** A ustar archive of these entries, with its end marker, for `virtualSource`. */
export const craftTar = (entries: readonly CraftedEntry[]): Part[] => [
  ...entries.flatMap(craftTarEntry),
  endMarker,
]

/** The header, data and padding of one entry. */
export function craftTarEntry(entry: CraftedEntry): Part[] {
  const data = toParts(entry.data ?? [])
  const size = data.reduce(
    (total: number, part) => total + (typeof part === 'number' ? part : part.length),
    0,
  )
  return [craftTarHeader(entry, size), ...data, (512 - (size % 512)) % 512]
}

/** One header block. */
export function craftTarHeader(entry: CraftedEntry, size: number): Uint8Array {
  const header = Buffer.alloc(512)
  header.write(entry.name, 0, 100)
  header.write('0000644\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write(entry.flag ?? '0', 156)
  header.write(entry.linkName ?? '', 157, 100)
  header.write('ustar\x0000', 257)
  entry.edit?.(header)
  header.fill(' ', 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** The data of an extended (PAX) header. */
export const craftPax = (records: Readonly<Record<string, string>>): Uint8Array =>
  Buffer.concat(Object.entries(records).map(([key, value]) => craftPaxRecord(key, value)))

function craftPaxRecord(key: string, value: string): Uint8Array {
  const rest = Buffer.from(` ${key}=${value}\n`)
  let length = rest.length + 1
  while (length !== rest.length + String(length).length) length = rest.length + String(length).length
  return Buffer.concat([Buffer.from(String(length)), rest])
}

function toParts(data: NonNullable<CraftedEntry['data']>): readonly Part[] {
  if (typeof data === 'string') return [Buffer.from(data)]
  return typeof data === 'number' || data instanceof Uint8Array ? [data] : data
}
