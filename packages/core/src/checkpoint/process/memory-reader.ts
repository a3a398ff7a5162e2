import type { ReadOptions } from '../../bytes/index.ts'
import type { MemoryDocument } from '../../documents/index.ts'
import type { Mapping, Mm } from '../../formats/criu/index.ts'
import { type Archive, type ReportUnreadable, unlessUnreadable } from '../archive/index.ts'
import type { AddressSpace } from './address-space.ts'
import { describeMemory } from './describe-memory.ts'
import { ProcessError } from './errors.ts'
import type { FileTables } from './file-tables.ts'
import { openMemory } from './open-memory.ts'
import { buildPageCounts, type PageCounts } from './page-counts.ts'
import { findSharedMemoryId } from './shared-memory.ts'

export interface ProcessMemory {
  readonly memory: MemoryDocument
  /** The process's own pages; absent where its page map can't be read. */
  readonly space?: AddressSpace
}

const nothing = { present: 0, parent: 0, lazy: 0 }

/** A function that reads what of a process's memory is stored: its page map, and those of what it shares, each once. */
export function memoryReader(
  archive: Archive,
  tables: FileTables,
  report: ReportUnreadable,
  options: ReadOptions,
): (pid: number, mm: Mm) => Promise<ProcessMemory> {
  const open = (image: string) =>
    unlessUnreadable(`${image}.img`, report, () => openMemory(archive, image, options), ProcessError)
  const segments = new Map<number, PageCounts | undefined>()
  const countSegment = async (id: number) => {
    const image = `pagemap-shmem-${id}`
    if (!segments.has(id)) {
      const space = archive.findImage(image) && (await open(image))
      segments.set(id, space && buildPageCounts(space.runs, space.pageSize))
    }
    return segments.get(id)
  }
  return async (pid, mm) => {
    const space = await open(`pagemap-${pid}`)
    const countOwn = space && buildPageCounts(space.runs, space.pageSize)
    const shared = new Map<Mapping, PageCounts>()
    for (const mapping of mm.mappings) {
      const id = findSharedMemoryId(mapping, tables)
      const counts = id === undefined ? undefined : await countSegment(id)
      if (counts) shared.set(mapping, counts)
    }
    const memory = describeMemory(mm, tables, (mapping) => {
      const { start, end, offset } = mapping
      const counts = shared.get(mapping)
      if (counts) return { ...counts(offset, offset + end - start), isShared: true }
      return { ...(countOwn?.(start, end) ?? nothing), isShared: false }
    })
    return { memory, ...(space && { space }) }
  }
}
