import type { ByteSource, ReadOptions } from './byte-source.ts'
import { ByteSourceError } from './errors.ts'

/** A source that can only be read from its beginning to its end, whose length shows there. */
export interface ForwardSource extends ByteSource {
  /** Infinite: nothing is known of what has not come yet. */
  readonly size: number
  /** Passes over everything that is left. Gives the length of the whole. */
  end(options?: ReadOptions): Promise<number>
}

/**
 * Gives bytes as they come by. A read must begin where the one before it ended, or later; what lies between is gone.
 * Reads: TRUNCATED at the end.
 */
export function forwardSource(chunks: AsyncIterator<Uint8Array>, label: string): ForwardSource {
  let chunk: Uint8Array = new Uint8Array()
  let start = 0
  const advance = async ({ signal }: ReadOptions): Promise<boolean> => {
    // Much may come by before a read has what it wants.
    signal?.throwIfAborted()
    const next = await chunks.next()
    start += chunk.length
    chunk = next.done ? new Uint8Array() : next.value
    return !next.done
  }
  return {
    label,
    size: Number.POSITIVE_INFINITY,
    async read(offset, length, options = {}) {
      const bytes = new Uint8Array(length)
      for (let filled = 0; filled < length; ) {
        const from = offset + filled - start
        const part = chunk.subarray(from, from + length - filled)
        bytes.set(part, filled)
        filled += part.length
        if (part.length === 0 && !(await advance(options))) {
          throw new ByteSourceError('TRUNCATED', `${label} ends at ${start}`)
        }
      }
      return bytes
    },
    async end(options = {}) {
      while (await advance(options));
      return start
    },
  }
}
