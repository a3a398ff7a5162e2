import { CheckpointError, messageOf } from '../errors.ts'
import { ActionError } from './errors.ts'
import type { Scope } from './scope.ts'

/** What went wrong with one of several things an action works on. */
export interface ItemFailure {
  readonly item: string
  readonly error: CheckpointError
}

/** Tells of a failure, and wraps what was not thrown on purpose, so that each has a code. */
export function reportFailure(
  { emit, signal }: Pick<Scope, 'emit' | 'signal'>,
  item: string,
  cause: unknown,
): ItemFailure {
  const error = signal.aborted && cause === signal.reason ? cancelled(item) : asCheckpointError(item, cause)
  emit({ type: 'phase', item, phase: 'failed' })
  emit({ type: 'failure', item, error })
  return { item, error }
}

const cancelled = (item: string): ActionError => new ActionError('CANCELLED', `${item}: cancelled`)

function asCheckpointError(item: string, cause: unknown): CheckpointError {
  if (cause instanceof CheckpointError) return cause
  return new ActionError('INTERNAL', `${item}: ${messageOf(cause)}`, {
    hint: 'This is a bug: please report it.',
    cause,
  })
}
