import { CheckpointError } from '@kubectl-checkpoint/core/errors'

/** The command line can't be understood; the message says which part. */
export class UsageError extends CheckpointError<'USAGE'> {
  constructor(message: string, hint?: string) {
    super('USAGE', message, hint === undefined ? {} : { hint })
  }
}
