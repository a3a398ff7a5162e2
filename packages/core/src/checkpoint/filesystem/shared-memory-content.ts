import type { ReadOptions } from '../../bytes/index.ts'
import type { Archive } from '../archive/index.ts'
import { openMemory, ProcessError } from '../process/index.ts'
import { badContent, buildContent, type FileContent, type FilePiece } from './file-content.ts'

/**
 * The content of a file that exists in memory alone, in `pagemap-shmem-ID.img`, and in that of an earlier dump. Reads
 * those; what the archive doesn't have of it, nothing was ever written to.
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
  const image = `pagemap-shmem-${sharedMemoryId}`
  const memory = await openMemory(archive, image, options).catch((error: unknown) => {
    throw error instanceof ProcessError ? badContent(image, error.message) : error
  })
  const last = memory.runs.at(-1)?.address ?? 0n
  if (last > size) throw badContent(image, `a page at ${last} lies outside of its ${size} bytes`)
  const pieces: FilePiece[] = []
  let missingBytes = 0
  for (const place of memory.locate(0n, size)) {
    if (place.kind === 'bytes') pieces.push({ offset: Number(place.address), source: place.source })
    else if (place.kind !== 'not-dumped') missingBytes += place.byteLength
  }
  return buildContent(size, pieces, missingBytes, image)
}
