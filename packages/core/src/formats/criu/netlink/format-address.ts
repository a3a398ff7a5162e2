import { formatIpv6Address } from '../schema/ip-address.ts'

/** The text of an address of 4 or 16 bytes. */
export function formatAddress(bytes: Uint8Array | undefined): string | undefined {
  if (bytes?.length === 4) return bytes.join('.')
  return bytes?.length === 16 ? formatIpv6Address([...bytes]) : undefined
}

/** `10.0.0.0/8`; of a whole address without its length, of none `default` or what `none` says. */
export function formatPrefix(bytes: Uint8Array | undefined, length: number, none: string): string {
  const address = formatAddress(bytes)
  if (bytes === undefined || address === undefined) return none
  return length === bytes.length * 8 ? address : `${address}/${length}`
}

/** A word of the machine's, little-endian on all that we know. */
export const readWord = (bytes: Uint8Array | undefined): number | undefined =>
  bytes?.length === 4 ? new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true) : undefined

/** Tables of routes that have a name everywhere. */
export const nameTable = (table: number): string =>
  ({ 253: 'default', 254: 'main', 255: 'local' })[table] ?? String(table)
