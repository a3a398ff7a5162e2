import type { PinChange } from '../../documents/index.ts'
import type { ActionOptions, Context } from '../context.ts'
import { type ActionEvent, coalesceProgress } from '../events.ts'
import type { ItemFailure } from '../item-failure.ts'
import { type Run, startRun } from '../run.ts'

export interface PinRequest {
  /** `NODE:FILE`, `NODE:/folder/FILE`, or a target for the newest archive of its containers. */
  readonly archives: readonly string[]
  readonly container?: string
}

export interface PinChanges {
  readonly changes: readonly PinChange[]
  readonly failures: readonly ItemFailure[]
}

/**
 * Pins archives, so that nothing that knows of pins deletes them. A pin that is there stays as it is.
 * @throws {ActionError} ARCHIVE_REFERENCE_INVALID; PIN_NOTE_INVALID; what connecting and resolving targets throw.
 */
export function keepArchives(
  request: PinRequest & { readonly note?: string },
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, PinChanges> {
  return startRun(async (emit) => {
    const { pinArchives } = await import('../on-cluster.ts')
    return pinArchives(request, context, emit, signal)
  }, coalesceProgress)
}

/**
 * Removes the pins that people made. One that a program holds is a failure, PIN_MANAGED, which says for whom.
 * @throws {ActionError} ARCHIVE_REFERENCE_INVALID; what connecting and resolving targets throw.
 */
export function unkeepArchives(
  request: PinRequest,
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, PinChanges> {
  return startRun(async (emit) => {
    const { unpinArchives } = await import('../on-cluster.ts')
    return unpinArchives(request, context, emit, signal)
  }, coalesceProgress)
}
