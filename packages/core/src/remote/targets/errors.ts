import { CheckpointError, type CheckpointErrorOptions } from '../../errors.ts'

export type TargetErrorCode =
  /** The words can't be understood, or contradict each other. */
  | 'TARGET_INVALID'
  /** No pod, workload or node of that name. */
  | 'TARGET_NOT_FOUND'
  /** The selection is empty. */
  | 'NO_MATCH'
  | 'CONTAINER_NOT_FOUND'
  /** The pod has no node yet. */
  | 'POD_NOT_SCHEDULED'
  /** The pod has ended. */
  | 'POD_ENDED'
  | 'CONTAINER_WAITING'
  | 'CONTAINER_TERMINATED'
  | 'NODE_IS_WINDOWS'

export interface TargetErrorOptions extends CheckpointErrorOptions {
  readonly reason?: string
}

export class TargetError extends CheckpointError<TargetErrorCode> {
  /** The message without the name of what it is about, for a list that has the name already. */
  readonly reason: string

  constructor(code: TargetErrorCode, message: string, options: TargetErrorOptions = {}) {
    super(code, message, options)
    this.reason = options.reason ?? message
  }
}
