export type {
  Archive,
  ArchivedContainer,
  ArchivedImage,
  ArchiveEntries,
  ArchiveEntry,
  ArchiveSizes,
} from './archive.ts'
export { ArchiveError, type ArchiveErrorCode } from './errors.ts'
export { openArchive, openArchiveFolder } from './open-archive.ts'
export { type ReportUnreadable, type UnreadablePart, unlessUnreadable } from './unless-unreadable.ts'
