import { basename } from 'node:path/posix'
import { archiveOnNode, localArchiveName } from './archive-name.ts'
import { parseArchiveReference } from './archive-reference.ts'
import type { ActionOptions, Context } from './context.ts'
import type { LocalArchive } from './download.ts'
import { ActionError } from './errors.ts'
import { type ActionEvent, coalesceProgress } from './events.ts'
import { fetchArchive } from './fetch-archive.ts'
import { type ItemFailure, reportFailure } from './item-failure.ts'
import { type ArchivePlace, planArchives, type WantedArchive } from './plan-archives.ts'
import { type Run, startRun } from './run.ts'
import { openScope, type Scope } from './scope.ts'

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
    const references = request.archives.map((text) => {
      const reference = parseArchiveReference(text, false)
      if (reference.kind !== 'local') return reference
      throw new ActionError('ARCHIVE_REFERENCE_INVALID', `${text} is a local file`, {
        hint: 'Name an archive on a node: NODE:FILE, or POD/CONTAINER for its newest.',
      })
    })
    await using scope = await openScope(context, emit, signal)
    const wanted = await Promise.all(
      references.map((reference) => planArchives(scope, reference, request.container)),
    )
    const located = await Promise.all(wanted.flat().map((archive) => locateOne(scope, archive)))
    const found = located.flatMap((place) => ('node' in place ? place : []))
    const places = new Map(found.map((place) => [`${place.node}:${place.path}`, place]))
    const namesakes = Map.groupBy(places.values(), ({ path }) => localArchiveName(basename(path)))
    const fetched = await Promise.all(
      [...namesakes.values()].map((group) => fetchInTurn(scope, group, request.to)),
    )
    const outcomes = [...located, ...fetched.flat()]
    return {
      archives: outcomes.flatMap((outcome) => ('archive' in outcome ? outcome : [])),
      failures: outcomes.flatMap((outcome) => ('error' in outcome ? outcome : [])),
    }
  }, coalesceProgress)
}

type Outcome = FetchedArchive | ItemFailure

async function locateOne(scope: Scope, { item, locate }: WantedArchive): Promise<ArchivePlace | ItemFailure> {
  try {
    return await locate()
  } catch (error) {
    return reportFailure(scope, item, error)
  }
}

/** Of archives that get one local name, each finds the one before it there, and is equal to it or fails at once. */
async function fetchInTurn(scope: Scope, places: readonly ArchivePlace[], to: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const place of places) outcomes.push(await fetchOne(scope, place, to))
  return outcomes
}

async function fetchOne(scope: Scope, { node, path }: ArchivePlace, to: string): Promise<Outcome> {
  const archive = archiveOnNode(node, path)
  try {
    const local = await fetchArchive(scope, archive, node, path, to)
    scope.emit({ type: 'phase', item: archive, phase: 'done' })
    return { archive, ...local }
  } catch (error) {
    return reportFailure(scope, archive, error)
  }
}
