import type { Inspection, Section } from '../../documents/index.ts'
import type { ActionOptions, Context } from '../context.ts'
import { type ActionEvent, coalesceProgress } from '../events.ts'
import { type ItemFailure, reportFailure } from '../item-failure.ts'
import { openArchiveReference } from '../open-archive-reference.ts'
import { type Run, startRun } from '../run.ts'
import { inspectArchive } from './inspect-archive.ts'
import { narrowInspection } from './narrow-inspection.ts'

export interface InspectRequest {
  /** Each as `openArchiveReference` takes it: a local file or folder, `NODE:FILE`, a target, `oci://IMAGE`. */
  readonly archives: readonly string[]
  /** Which container's archive is meant where a target names several. */
  readonly container?: string
  /** What is told beside what always is. */
  readonly sections: ReadonlySet<Section> | 'all'
  /** Tell of these processes alone. */
  readonly pids?: readonly number[]
  /** Leave in the cache what was decompressed. */
  readonly keepSpool?: boolean
}

export interface InspectResult {
  /** Of the archives that could be read. Their texts come from containers: nothing is safe to print. */
  readonly inspections: readonly Inspection[]
  readonly failures: readonly ItemFailure[]
}

/**
 * Looks into archives where they lie, one after the other, and reads no more of them than it must. What fails is in the
 * result, unless there is one archive only; so are processes that an archive lacks, if it has others of those named.
 * @throws {ActionError} ARCHIVE_REFERENCE_INVALID; NO_ARCHIVE; NO_SUCH_PROCESS; SEVERAL_ARCHIVES; what connecting to
 * the cluster, opening files and reading archives throw.
 */
export function inspect(
  request: InspectRequest,
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, InspectResult> {
  return startRun(async (emit) => {
    const { archives, sections, container, keepSpool } = request
    const pids = request.pids && new Set(request.pids)
    const inspections: Inspection[] = []
    const failures: ItemFailure[] = []
    const inspectOne = async (text: string) => {
      const options = {
        signal,
        emit,
        ...(container !== undefined && { container }),
        ...(keepSpool !== undefined && { keepSpool }),
      }
      await using archive = await openArchiveReference(text, context, options)
      const whole = await inspectArchive(archive, sections, { signal })
      const { inspection, missing } = pids ? narrowInspection(whole, pids) : { inspection: whole }
      inspections.push(inspection)
      if (missing) failures.push({ item: text, error: missing })
    }
    for (const text of archives) {
      try {
        await inspectOne(text)
      } catch (cause) {
        if (archives.length === 1) throw cause
        signal.throwIfAborted()
        failures.push(reportFailure({ emit, signal }, text, cause))
      }
    }
    return { inspections, failures }
  }, coalesceProgress)
}
