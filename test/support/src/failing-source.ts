import type { ByteSource } from '@kubectl-checkpoint/core/bytes'

/** Fails the reads for which `failure` returns an error; `read` counts from 0. */
export function failingSource(source: ByteSource, failure: (read: number) => Error | undefined): ByteSource {
  let reads = 0
  return {
    label: source.label,
    size: source.size,
    async read(offset, length, options) {
      const error = failure(reads++)
      if (error) throw error
      return source.read(offset, length, options)
    },
  }
}
