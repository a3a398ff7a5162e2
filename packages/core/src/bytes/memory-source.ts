import { type ByteSource, checkRange } from './byte-source.ts'

/** Serves `bytes`, which the caller must not change afterwards. */
export function memorySource(bytes: Uint8Array, label = 'memory'): ByteSource {
  return {
    label,
    size: bytes.byteLength,
    async read(offset, length, options) {
      options?.signal?.throwIfAborted()
      checkRange(this, offset, length)
      return bytes.slice(offset, offset + length)
    },
  }
}
