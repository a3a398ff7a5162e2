import type { ByteSource } from '@kubectl-checkpoint/core/bytes'

export interface CountingSource extends ByteSource {
  reads: number
  bytesRead: number
}

/** Passes every read through and counts it, so that tests can state budgets. */
export function countingSource(source: ByteSource): CountingSource {
  return {
    label: source.label,
    size: source.size,
    reads: 0,
    bytesRead: 0,
    async read(offset, length, options) {
      this.reads += 1
      this.bytesRead += length
      return source.read(offset, length, options)
    },
  }
}
