export type {
  Archive,
  ArchivedContainer,
  ArchivedImage,
  ArchiveEntries,
  ArchiveEntry,
  ArchiveSizes,
  ImageFiles,
  PagesPiece,
} from './archive.ts'
export { ArchiveError, type ArchiveErrorCode } from './errors.ts'
export { type Inflate, openArchive, openArchiveFolder } from './open-archive.ts'
export { skimArchive } from './skim-archive.ts'
export {
  type ReportUnreadable,
  reportOnce,
  type UnreadablePart,
  unlessUnreadable,
} from './unless-unreadable.ts'
