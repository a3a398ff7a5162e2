import { CheckpointError } from '../../errors.ts'

export type ProcessErrorCode =
  /** A process twice, or one that is its own ancestor. */
  | 'BAD_PROCESS_TREE'
  /** The memory that the archive holds isn't of the size that its page map says. */
  | 'PAGES_MISMATCH'
  /** A read past the last address there is. */
  | 'BAD_ADDRESS'

export class ProcessError extends CheckpointError<ProcessErrorCode> {}
