import type { Compress } from '../remote/node-files/index.ts'
import type { ArchiveSelection } from './archives/archive-selection.ts'
import type { ActionOptions, Context } from './context.ts'
import type { LocalArchive } from './download.ts'
import { type ActionEvent, coalesceProgress } from './events.ts'
import type { ItemFailure } from './item-failure.ts'
import { type Run, startRun } from './run.ts'

/** What is selected beside is asked for of the nodes: the newest archive of each container. */
export interface FetchRequest extends Omit<ArchiveSelection, 'targets'> {
  /** `NODE:FILE`, `NODE:/folder/FILE`, or a target for the newest archive of its containers. */
  readonly archives: readonly string[]
  /** The local folder that the archives are brought into. */
  readonly to: string
  /** Every archive of what is selected, in place of the newest of each container. */
  readonly all?: boolean
  /** What nodes compress archives with on their way. Default: what is measured to be the fastest. */
  readonly compress?: Compress
  /** How many nodes archives are brought from at the same time, at most. Default 4. */
  readonly nodesAtOnce?: number
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
 * @throws {ActionError} ARCHIVE_REFERENCE_INVALID; what gathering archives, connecting and resolving targets throw.
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
