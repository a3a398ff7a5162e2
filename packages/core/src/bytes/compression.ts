import type { ByteSource, ReadOptions } from './byte-source.ts'

export type Compression = 'gzip' | 'zstd'

const magics: readonly (readonly [Compression, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
]

/** How a source is compressed, by its first bytes; undefined if it isn't. */
export async function findCompression(
  source: ByteSource,
  options: ReadOptions = {},
): Promise<Compression | undefined> {
  const start = await source.read(0, Math.min(4, source.size), options)
  return magics.find(([, magic]) => magic.every((byte, index) => start[index] === byte))?.[0]
}
