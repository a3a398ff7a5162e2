import { type ByteSource, checkRange, type ReadOptions } from './byte-source.ts'
import { chunks } from './chunks.ts'
import { keptBytes } from './kept-bytes.ts'
import { planReads, type Span } from './plan-reads.ts'
import { slice } from './slice.ts'

/** A source that can be told beforehand what will be asked of it. */
export interface PrefetchingSource extends ByteSource {
  /**
   * Reads these spans, neighbours together, in reads of 1 MiB at most, and keeps the bytes: a later read within one
   * of them costs nothing. What doesn't fit any more isn't read: of neighbours, the last.
   */
  prefetch(spans: readonly Span[], options?: ReadOptions): Promise<void>
}

export interface PrefetchingOptions {
  /** Bytes kept in all, those between neighbours included. */
  readonly capacity?: number
  /** Where reads go that nothing kept covers. Default: the source itself. */
  readonly otherwise?: ByteSource
}

/** What lies between two spans is read along with them up to this length: another round trip takes longer. */
const maxGap = 64 * 1024

/** Wraps `source`, so that many small reads that are known beforehand become few large ones. */
export function prefetching(source: ByteSource, options: PrefetchingOptions = {}): PrefetchingSource {
  const { capacity = 64 * 1024 * 1024, otherwise = source } = options
  const kept = keptBytes()
  let free = capacity
  return {
    label: source.label,
    size: source.size,
    async prefetch(spans, readOptions) {
      for (const { offset, length } of spans) checkRange(source, offset, length)
      const missing = spans.filter((span) => !kept.has(span))
      for (const planned of planReads(missing, maxGap)) {
        const span = { offset: planned.offset, length: Math.min(planned.length, free) }
        if (span.length === 0) return
        // Taken at once: the next call may come before these bytes.
        free -= span.length
        try {
          kept.add(span.offset, await readSpan(source, span, readOptions))
        } catch (error) {
          free += span.length
          throw error
        }
      }
    },
    async read(offset, length, readOptions) {
      readOptions?.signal?.throwIfAborted()
      checkRange(this, offset, length)
      return kept.find({ offset, length }) ?? otherwise.read(offset, length, readOptions)
    },
  }
}

async function readSpan(
  source: ByteSource,
  { offset, length }: Span,
  options: ReadOptions | undefined,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  let filled = 0
  for await (const chunk of chunks(slice(source, offset, length), { ahead: 1, ...options })) {
    bytes.set(chunk, filled)
    filled += chunk.length
  }
  return bytes
}
