import { CheckpointError } from '../../errors.ts'

export type TarErrorCode =
  /** The source doesn't begin with a tar header. */
  | 'NOT_TAR'
  /** The source ends before its end marker: inside a header, an entry's data, or right after one. */
  | 'TAR_TRUNCATED'
  /** A later header whose checksum is wrong: damaged, or not where the one before it said. */
  | 'BAD_CHECKSUM'
  /** A header field that isn't a number where one must be, or a size no file has. */
  | 'BAD_HEADER'
  /** Extended (PAX) records that break their own grammar. */
  | 'BAD_PAX'
  /** GNU's sparse files, whose data isn't laid out as in the file. */
  | 'SPARSE_UNSUPPORTED'
  /** More headers, longer names or larger extended headers than any checkpoint has. */
  | 'TAR_LIMIT'

export class TarError extends CheckpointError<TarErrorCode> {}
