import type { MappingDocument, MemoryDocument } from '../../documents/index.ts'
import type { Mapping, Mm } from '../../formats/criu/index.ts'
import { describeMapping } from './describe-mapping.ts'
import type { FileTables } from './file-tables.ts'
import type { StoredBytes } from './page-counts.ts'

/** How much of a mapping's memory is stored, and whether that is shared with others. */
export type CountStored = (mapping: Mapping) => StoredBytes & { readonly isShared: boolean }

/** The mappings of a process, and their sums. */
export function describeMemory(mm: Mm, tables: FileTables, count: CountStored): MemoryDocument {
  const mappings: MappingDocument[] = []
  const sums = { mapped: 0, present: 0, shared: 0, parent: 0, lazy: 0 }
  // What ends before it starts was crafted.
  for (const mapping of mm.mappings.filter(({ start, end }) => start < end)) {
    const stored = count(mapping)
    mappings.push(describeMapping(mapping, mm, tables, stored))
    sums.mapped += Number(mapping.end - mapping.start)
    sums.present += stored.present
    sums.shared += stored.isShared ? stored.present : 0
    sums.parent += stored.parent
    sums.lazy += stored.lazy
  }
  return {
    mappedBytes: atMost(sums.mapped),
    presentBytes: atMost(sums.present),
    ...(sums.shared > 0 && { sharedBytes: atMost(sums.shared) }),
    ...(sums.parent > 0 && { parentBytes: atMost(sums.parent) }),
    ...(sums.lazy > 0 && { lazyBytes: atMost(sums.lazy) }),
    mappings,
  }
}

/** Mappings that were crafted may overlap, and be more than a number can count. */
const atMost = (bytes: number): number => Math.min(bytes, Number.MAX_SAFE_INTEGER)
