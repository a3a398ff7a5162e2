import { CheckpointError } from '../../errors.ts'

export type RbacErrorCode =
  /** Not a user, group or service account. */
  'SUBJECT_INVALID' | 'ROLE_UNKNOWN'

export class RbacError extends CheckpointError<RbacErrorCode> {}
