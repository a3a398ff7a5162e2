import { CheckpointError } from '../../errors.ts'

export type RegistryErrorCode =
  /** Not the name of an image. */
  | 'IMAGE_REFERENCE_INVALID'
  | 'IMAGE_NOT_FOUND'
  /** A credential helper, or a file with credentials, gives none. */
  | 'REGISTRY_CREDENTIALS_FAILED'
  /** 401 or 403, with the credentials there are. */
  | 'REGISTRY_FORBIDDEN'
  /** The registry gives blobs only as a whole. */
  | 'RANGE_UNSUPPORTED'
  /** The registry answered something that isn't expected here. */
  | 'REGISTRY_FAILED'

export class RegistryError extends CheckpointError<RegistryErrorCode> {}
