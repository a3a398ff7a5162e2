import { CheckpointError } from '../../errors.ts'

export type ProcessErrorCode =
  /** A process twice, or one that is its own ancestor. */
  | 'BAD_PROCESS_TREE'
  /** A page map, and the pages in the archive, that contradict each other or themselves. */
  | 'PAGES_MISMATCH'
  /** A read past the last address there is. */
  | 'BAD_ADDRESS'

export class ProcessError extends CheckpointError<ProcessErrorCode> {}
