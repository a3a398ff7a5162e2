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
  const failure = itemFailure({ signal }, item, cause)
  emit({ type: 'phase', item, phase: 'failed' })
  emit({ type: 'failure', ...failure })
  return failure
}

/** The same, untold. */
export function itemFailure({ signal }: Pick<Scope, 'signal'>, item: string, cause: unknown): ItemFailure {
  const isCancelled = signal.aborted && cause === signal.reason
  return { item, error: isCancelled ? cancelled(item) : asCheckpointError(item, cause) }
}

const cancelled = (item: string): ActionError => new ActionError('CANCELLED', `${item}: cancelled`)

function asCheckpointError(item: string, cause: unknown): CheckpointError {
  if (cause instanceof CheckpointError) return cause
  return new ActionError('INTERNAL', `${item}: ${messageOf(cause)}`, {
    hint: 'This is a bug: please report it.',
    cause,
  })
}
