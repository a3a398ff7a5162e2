import { type ReadOptions, slice } from '../../bytes/index.ts'
import { pageMapImage, readImage } from '../../formats/criu/index.ts'
import type { Archive } from '../archive/index.ts'
import { badContent, buildContent, type FileContent, type FilePiece } from './file-content.ts'

const pageSizes = [4096, 16384, 65536]

/**
 * The content of a file that exists in memory alone, in `pagemap-shmem-ID.img`. Reads that; what the archive doesn't
 * have of it, nothing was ever written to.
 * @throws {ArchiveError} ENTRY_MISSING
 * @throws {CriuError} every code.
 * @throws {FilesystemError} BAD_FILE_CONTENT
 */
export async function openSharedMemory(
  archive: Archive,
  sharedMemoryId: number,
  size: number,
  options: ReadOptions = {},
): Promise<FileContent> {
  const image = archive.image(`pagemap-shmem-${sharedMemoryId}`)
  const { pagesId, runs, storedPageCount } = await readImage(pageMapImage, image, options)
  const pages = archive.findPages(pagesId)
  const pageSize = findPageSize(storedPageCount, pages?.size ?? 0, image.label)
  const pieces: FilePiece[] = []
  let missingBytes = 0
  for (const run of runs) {
    const offset = Number(run.address)
    const length = Math.min(run.pageCount * pageSize, size - offset)
    if (length < 0) throw badContent(image.label, `a page at ${offset} lies outside of its ${size} bytes`)
    if (run.where === 'present' && pages) {
      pieces.push({ offset, source: slice(pages, run.firstPage * pageSize, length, image.label) })
    } else if (run.where === 'parent' || run.where === 'lazy') {
      missingBytes += length
    }
  }
  return buildContent(size, pieces, missingBytes, image.label)
}

/** The page size that makes the stored pages fill their file: neither page maps nor this machine can tell it. */
function findPageSize(storedPageCount: number, stored: number, where: string): number {
  const pageSize = pageSizes.find((length) => storedPageCount * length === stored)
  if (pageSize) return pageSize
  throw badContent(where, `it describes ${storedPageCount} pages, but there are ${stored} bytes of them`)
}
