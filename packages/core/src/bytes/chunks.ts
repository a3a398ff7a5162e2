import type { ByteSource, ReadOptions } from './byte-source.ts'

export interface ChunkOptions extends ReadOptions {
  /** Bytes in each chunk but the last. Default 1 MiB. */
  readonly chunkLength?: number
  /** Chunks being read while the one before is used: hides a source's round trips. Default 0. */
  readonly ahead?: number
}

/** The whole source in order, in chunks; at most `ahead` + 1 of them are held at a time. */
export async function* chunks(source: ByteSource, options: ChunkOptions = {}): AsyncGenerator<Uint8Array> {
  const { chunkLength = 1024 * 1024, ahead = 0, ...readOptions } = options
  const underWay: Promise<Uint8Array>[] = []
  let next = 0
  while (next < source.size || underWay.length > 0) {
    while (next < source.size && underWay.length <= ahead) {
      const chunk = source.read(next, Math.min(chunkLength, source.size - next), readOptions)
      // Awaited below in its turn; a failure before that, or after the reader has left, must not go unhandled.
      chunk.catch(() => {})
      underWay.push(chunk)
      next += chunkLength
    }
    const chunk = underWay.shift()
    if (chunk) yield await chunk
  }
}
