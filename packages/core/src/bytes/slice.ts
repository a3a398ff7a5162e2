import { type ByteSource, checkRange } from './byte-source.ts'

/**
 * The bytes `[start, start + size)` of `source` as a source of their own; a read can't leave them.
 * @throws {ByteSourceError} OUT_OF_RANGE if the slice doesn't lie in the source.
 */
export function slice(source: ByteSource, start: number, size: number, label?: string): ByteSource {
  checkRange(source, start, size)
  return {
    label: label ?? `${source.label}+${start}`,
    size,
    async read(offset, length, options) {
      checkRange(this, offset, length)
      return source.read(start + offset, length, options)
    },
  }
}
