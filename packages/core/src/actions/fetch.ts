import type { ActionOptions, Context } from './context.ts'
import type { LocalArchive } from './download.ts'
import { type ActionEvent, coalesceProgress } from './events.ts'
import type { ItemFailure } from './item-failure.ts'
import { type Run, startRun } from './run.ts'

export interface FetchRequest {
  /** `NODE:FILE`, `NODE:/folder/FILE`, or a target for the newest archive of its containers. */
  readonly archives: readonly string[]
  /** The local folder that the archives are brought into. */
  readonly to: string
  readonly container?: string
}

export interface FetchedArchive extends LocalArchive {
  /** `NODE:FILE` or `NODE:/folder/FILE`. */
  readonly archive: string
}

export interface FetchResult {
  readonly archives: readonly FetchedArchive[]
  readonly failures: readonly ItemFailure[]
}

/**
 * Brings archives from their nodes to this machine, each verified by its digest. What fails, or is cancelled once
 * downloads have begun, is in the result.
 * @throws {ActionError} ARCHIVE_REFERENCE_INVALID; NO_ARCHIVE; what connecting and resolving targets throw.
 */
export function fetchArchives(
  request: FetchRequest,
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, FetchResult> {
  return startRun(async (emit) => {
    const { bringArchives } = await import('./on-cluster.ts')
    return bringArchives(request, context, emit, signal)
  }, coalesceProgress)
}
