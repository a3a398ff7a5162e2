export type { Archive, ArchivedContainer, ArchiveSizes } from './archive.ts'
export { ArchiveError, type ArchiveErrorCode } from './errors.ts'
export { openArchive } from './open-archive.ts'
