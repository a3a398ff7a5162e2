import { CheckpointError } from '../../errors.ts'

export type OciErrorCode =
  /** An index or manifest that isn't as the image specification says. */
  | 'BAD_IMAGE'
  /** Nothing says of an image of several layers that it is a checkpoint. */
  | 'NOT_A_CHECKPOINT_IMAGE'
  /** Several images, of which none is more likely meant than the others. */
  | 'IMAGE_AMBIGUOUS'
  | 'BLOB_MISSING'
  /** The bytes of a manifest, or the size of a layer, aren't those that were announced. */
  | 'BLOB_MISMATCH'

export class OciError extends CheckpointError<OciErrorCode> {}
