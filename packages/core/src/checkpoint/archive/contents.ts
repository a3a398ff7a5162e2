import { type ByteSource, type PrefetchingSource, prefetching, readAhead } from '../../bytes/index.ts'
import type { TarIndex } from '../../formats/tar/index.ts'

/** Where an archive's bytes are, and how its parts best are read. */
export interface Access {
  readonly source: ByteSource
  /** For small entries: they lie beside each other. */
  readonly near: PrefetchingSource
  /** For pieces of memory, which lie far from each other. */
  readonly memory: PrefetchingSource
}

/** What an archive is built from. */
export interface Contents extends Access {
  readonly index: TarIndex
}

/** How to read what may be far away. */
export const accessFar = (source: ByteSource): Access => ({
  source,
  near: prefetching(source, { otherwise: readAhead(source) }),
  memory: prefetching(source),
})

/** How to read what is on this machine, and perhaps in memory: a read costs less than to keep what it gives. */
export function accessHere(source: ByteSource): Access {
  const plain = { ...source, prefetch: async () => {} }
  return { source, near: plain, memory: plain }
}
