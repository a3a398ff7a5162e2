import type { ReadOptions } from '../../bytes/index.ts'
import { filesImage, memfdsImage, mmImage, readImage } from '../../formats/criu/index.ts'
import type { Archive } from '../archive/index.ts'
import type { AddressSpace } from './address-space.ts'
import { openMemory } from './open-memory.ts'
import { type SharedArea, withSharedAreas } from './shared-areas.ts'
import { findSharedMemoryId } from './shared-memory.ts'

/**
 * The memory of a process of the archive, also what it shares with others. Reads its mappings and page maps; pages are
 * read when they are asked for.
 * @throws {ArchiveError} ENTRY_MISSING where there is no such process, or it is a zombie.
 * @throws {CriuError} every code.
 * @throws {ProcessError} PAGES_MISMATCH
 */
export async function readAddressSpace(
  archive: Archive,
  pid: number,
  options: ReadOptions = {},
): Promise<AddressSpace> {
  return (await openAddressSpaces(archive, options))(pid)
}

/** The same for many processes: what they have in common is read once. */
export async function openAddressSpaces(
  archive: Archive,
  options: ReadOptions = {},
): Promise<(pid: number) => Promise<AddressSpace>> {
  const [filesSource, memfdsSource] = [archive.findImage('files'), archive.findImage('memfd')]
  const tables = {
    files: filesSource ? await readImage(filesImage, filesSource, options) : new Map(),
    memfds: memfdsSource ? await readImage(memfdsImage, memfdsSource, options) : new Map(),
  }
  const segments = new Map<number, Promise<AddressSpace>>()
  const openSegment = (id: number) => {
    const segment = segments.get(id) ?? openMemory(archive, `pagemap-shmem-${id}`, options)
    segments.set(id, segment)
    return segment
  }
  return async (pid) => {
    const own = await openMemory(archive, `pagemap-${pid}`, options)
    const mmSource = archive.findImage(`mm-${pid}`)
    if (!mmSource) return own
    const areas: SharedArea[] = []
    let last = 0n
    for (const mapping of (await readImage(mmImage, mmSource, options)).mappings) {
      const { start, end, offset } = mapping
      const id = findSharedMemoryId(mapping, tables)
      // What is out of order is crafted, and no two mappings overlap.
      if (id === undefined || start < last || end < start || !archive.findImage(`pagemap-shmem-${id}`))
        continue
      areas.push({ start, end, offset, segment: await openSegment(id) })
      last = end
    }
    return withSharedAreas(own, areas)
  }
}
