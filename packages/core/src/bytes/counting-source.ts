import type { ByteSource } from './byte-source.ts'

export interface CountingSource extends ByteSource {
  reads: number
  bytesRead: number
}

/** Passes every read through and counts it: what an answer cost, for users to see and tests to bound. */
export function countingSource(source: ByteSource): CountingSource {
  const counting: CountingSource = {
    label: source.label,
    size: source.size,
    reads: 0,
    bytesRead: 0,
    async read(offset, length, options) {
      counting.reads += 1
      counting.bytesRead += length
      return source.read(offset, length, options)
    },
  }
  return counting
}
