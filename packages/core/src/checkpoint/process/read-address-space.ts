import type { ReadOptions } from '../../bytes/index.ts'
import { pageMapImage, readImage } from '../../formats/criu/index.ts'
import type { Archive } from '../archive/index.ts'
import { type AddressSpace, buildAddressSpace } from './address-space.ts'

/**
 * The memory of a process of the archive. Reads its page map; pages are read when they are asked for.
 * @throws {ArchiveError} ENTRY_MISSING where there is no such process, or it is a zombie.
 * @throws {CriuError} every code.
 * @throws {ProcessError} PAGES_MISMATCH
 */
export async function readAddressSpace(
  archive: Archive,
  pid: number,
  options: ReadOptions = {},
): Promise<AddressSpace> {
  const source = archive.image(`pagemap-${pid}`)
  const pageMap = await readImage(pageMapImage, source, options)
  return buildAddressSpace(pageMap, archive.findPages(pageMap.pagesId), source.label)
}
