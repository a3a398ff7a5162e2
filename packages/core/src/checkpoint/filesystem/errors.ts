import { CheckpointError } from '../../errors.ts'

export type FilesystemErrorCode =
  /** A name that leaves its file system, or that no kernel would take. */
  | 'BAD_FILE_NAME'
  /** A file that the archive puts below something that isn't a folder. */
  | 'NOT_A_FOLDER'
  /** A hard link to what isn't in the archive. */
  | 'BROKEN_HARD_LINK'
  /** A compressed part that can't be decompressed. */
  | 'BAD_COMPRESSION'
  /** `deleted.files` isn't a list of paths. */
  | 'BAD_DELETED_FILES'
  /** Pieces of a file that overlap, or lie outside of it. */
  | 'BAD_FILE_CONTENT'
  /** More files than any checkpoint has. */
  | 'TOO_MANY_FILES'

export class FilesystemError extends CheckpointError<FilesystemErrorCode> {}
