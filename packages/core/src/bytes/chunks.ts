import type { ByteSource, ReadOptions } from './byte-source.ts'

const defaultChunkLength = 1024 * 1024

/** The whole source in order, in chunks of at most `chunkLength` bytes; one chunk is held at a time. */
export async function* chunks(
  source: ByteSource,
  options: ReadOptions & { readonly chunkLength?: number } = {},
): AsyncGenerator<Uint8Array> {
  const { chunkLength = defaultChunkLength, ...readOptions } = options
  for (let offset = 0; offset < source.size; offset += chunkLength) {
    yield source.read(offset, Math.min(chunkLength, source.size - offset), readOptions)
  }
}
