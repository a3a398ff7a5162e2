import { CheckpointError } from '../errors.ts'

export type ByteSourceErrorCode =
  /** A read outside the source: the caller believed a length or an offset it should not have. */
  | 'OUT_OF_RANGE'
  /** The source ended before the bytes it promised. */
  | 'TRUNCATED'
  /** The file behind the source is not the one that was opened. */
  | 'CHANGED'
  | 'FILE_NOT_FOUND'
  | 'FILE_NOT_READABLE'
  /** A folder with more in it than any checkpoint. */
  | 'FOLDER_TOO_LARGE'
  /** A compressed source that ends too early, */
  | 'COMPRESSED_TRUNCATED'
  /** that holds something that no compressor wrote, */
  | 'COMPRESSED_DAMAGED'
  /** or after which something else follows. */
  | 'TRAILING_BYTES'
  /** More comes out of a compressed source than is allowed, or than any checkpoint has. */
  | 'INFLATED_TOO_LARGE'
  /** What is decompressed would fill the disk. */
  | 'DISK_FULL'
  /** A file that would be written is there already, and differs. */
  | 'FILE_EXISTS'
  | 'FILE_NOT_WRITABLE'

export class ByteSourceError extends CheckpointError<ByteSourceErrorCode> {}
