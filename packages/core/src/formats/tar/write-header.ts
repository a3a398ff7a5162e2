/** Bytes of a block, in which all of a tar is counted. */
export const blockLength = 512

/** What ends a tar: two blocks of zeros. */
export const tarEnd: Uint8Array = new Uint8Array(2 * blockLength)

/** How many zeros follow data of this size. */
export const paddingOf = (size: number): number => (blockLength - (size % blockLength)) % blockLength

/** The largest size that eleven octal digits hold. */
const largestOctal = 8 ** 11 - 1

/**
 * The header of a plain file that belongs to root, at no time: the same file always has the same.
 * @param name In ASCII, 100 characters at most.
 * @see POSIX pax, "ustar Interchange Format"; GNU tar for sizes from 8 GiB
 */
export function tarHeader(name: string, size: number): Uint8Array {
  const header = Buffer.alloc(blockLength)
  header.write(name, 0, 100, 'latin1')
  header.write('0000644\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  if (size <= largestOctal) header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  else {
    header[124] = 0x80
    header.writeBigUInt64BE(BigInt(size), 128)
  }
  header.write('00000000000\0', 136)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  header.fill(' ', 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}
