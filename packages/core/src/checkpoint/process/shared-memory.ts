import type { Mapping } from '../../formats/criu/index.ts'
import type { FileTables } from './file-tables.ts'

/** Which `pagemap-shmem-ID.img` has the bytes that a mapping shares with others; undefined if it shares none. */
export function findSharedMemoryId(
  mapping: Mapping,
  { files, memfds }: Pick<FileTables, 'files' | 'memfds'>,
): number | undefined {
  if (!mapping.permissions.shared || mapping.fileId === undefined) return mapping.sharedMemoryId
  const file = files.get(mapping.fileId)
  return file?.kind === 'memfd' ? memfds.get(file.memfdId)?.sharedMemoryId : undefined
}
