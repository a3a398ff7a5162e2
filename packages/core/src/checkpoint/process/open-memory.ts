import type { ReadOptions } from '../../bytes/index.ts'
import { pageMapImage, readImage } from '../../formats/criu/index.ts'
import type { ImageFiles } from '../archive/index.ts'
import { type AddressSpace, buildAddressSpace } from './address-space.ts'
import { withParentPages } from './parent-pages.ts'

/**
 * The memory that a page map places, `pagemap-PID` or `pagemap-shmem-ID`. Reads the page map, and that of an earlier
 * dump if it refers to one; pages are read when they are asked for.
 * @throws {ArchiveError} ENTRY_MISSING
 * @throws {CriuError} every code.
 * @throws {ProcessError} PAGES_MISMATCH
 */
export async function openMemory(
  files: ImageFiles,
  image: string,
  options: ReadOptions,
): Promise<AddressSpace> {
  const source = files.image(image)
  const pageMap = await readImage(pageMapImage, source, options)
  const own = buildAddressSpace(pageMap, files.findPages(pageMap.pagesId), source.label)
  const isComplete = !pageMap.runs.some(({ where }) => where === 'parent')
  if (isComplete || !files.parent?.findImage(image)) return own
  return withParentPages(own, await openMemory(files.parent, image, options))
}
