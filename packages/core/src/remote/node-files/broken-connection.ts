import { CheckpointError } from '../../errors.ts'

/** A connection broke, and another one goes on from there. */
export interface ResumeEvent {
  readonly name: string
  readonly atByte: number
  readonly reason: string
}

/** Waits between tries that brought nothing, in milliseconds; after the last one the failure stands. */
export const patienceMs: readonly number[] = [200, 500, 1000, 2000, 4000]

/** Whether another connection may do better. */
export const isBrokenConnection = (error: unknown): error is CheckpointError =>
  error instanceof CheckpointError && ['EXEC_LOST', 'CONNECTION_LOST', 'UNREACHABLE'].includes(error.code)
