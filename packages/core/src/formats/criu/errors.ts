import { CheckpointError } from '../../errors.ts'

export type CriuErrorCode =
  /** The image isn't of the kind its name says. */
  | 'BAD_MAGIC'
  /** A file without a magic word that is known. */
  | 'UNKNOWN_IMAGE'
  /** The image ends inside a message. */
  | 'IMAGE_TRUNCATED'
  /** Larger than any image of its kind is, and too large to decode in memory. */
  | 'IMAGE_TOO_LARGE'
  /** A message that isn't valid protobuf, or lacks what every writer sets. */
  | 'BAD_MESSAGE'
  /** A page map out of order, or with more pages than an address space has. */
  | 'BAD_PAGE_MAP'
  /** Memory written in a way that this version doesn't know, such as compressed pages. */
  | 'PAGES_UNSUPPORTED'

export class CriuError extends CheckpointError<CriuErrorCode> {}
