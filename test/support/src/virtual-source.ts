import { type ByteSource, checkRange } from '@kubectl-checkpoint/core/bytes'

/** Bytes, or a number of zeros that take no memory. */
export type Part = Uint8Array | number

const lengthOf = (part: Part): number => (typeof part === 'number' ? part : part.length)

/** The parts one after another: a source of gigabytes that holds only what isn't zero. */
export function virtualSource(parts: readonly Part[], label = 'virtual'): ByteSource {
  return {
    label,
    size: parts.reduce((total: number, part) => total + lengthOf(part), 0),
    async read(offset, length, options) {
      options?.signal?.throwIfAborted()
      checkRange(this, offset, length)
      const bytes = new Uint8Array(length)
      let start = 0
      for (const part of parts) {
        if (typeof part !== 'number' && start < offset + length && start + part.length > offset) {
          const from = Math.max(0, offset - start)
          bytes.set(part.subarray(from, offset + length - start), start + from - offset)
        }
        start += lengthOf(part)
      }
      return bytes
    },
  }
}
