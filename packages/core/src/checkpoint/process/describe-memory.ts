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
  for (const mapping of mm.mappings) {
    const stored = count(mapping)
    mappings.push(describeMapping(mapping, mm, tables, stored))
    sums.mapped += Number(mapping.end - mapping.start)
    sums.present += stored.present
    sums.shared += stored.isShared ? stored.present : 0
    sums.parent += stored.parent
    sums.lazy += stored.lazy
  }
  return {
    mappedBytes: sums.mapped,
    presentBytes: sums.present,
    ...(sums.shared > 0 && { sharedBytes: sums.shared }),
    ...(sums.parent > 0 && { parentBytes: sums.parent }),
    ...(sums.lazy > 0 && { lazyBytes: sums.lazy }),
    mappings,
  }
}
