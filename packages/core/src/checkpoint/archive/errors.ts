import { CheckpointError } from '../../errors.ts'

export type ArchiveErrorCode =
  /** Not a tar archive, or one without config.dump and spec.dump. */
  | 'NOT_A_CHECKPOINT'
  /** gzip or zstd, which can't be read from the middle. */
  | 'ARCHIVE_COMPRESSED'
  /** config.dump or spec.dump isn't what an engine writes. */
  | 'BAD_METADATA'
  /** The archive lacks an entry that is needed. */
  | 'ENTRY_MISSING'

export class ArchiveError extends CheckpointError<ArchiveErrorCode> {}
