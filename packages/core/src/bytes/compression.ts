import type { ByteSource, ReadOptions } from './byte-source.ts'

export type Compression = 'gzip' | 'zstd'

/**
 * How a source is compressed, by its first bytes; undefined if it isn't. A zstd file may begin with a frame to skip,
 * as those of parallel compressors do.
 */
export async function findCompression(
  source: ByteSource,
  options: ReadOptions = {},
): Promise<Compression | undefined> {
  if (source.size < 4) return undefined
  const bytes = await source.read(0, 4, options)
  const magic = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  if (magic === 0xfd2fb528 || magic >>> 4 === 0x184d2a5) return 'zstd'
  return (magic & 0xffff) === 0x8b1f ? 'gzip' : undefined
}
