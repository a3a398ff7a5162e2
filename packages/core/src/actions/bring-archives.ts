import { basename } from 'node:path/posix'
import { archiveOnNode, localArchiveName } from './archive-name.ts'
import { parseArchiveReference } from './archive-reference.ts'
import type { Context } from './context.ts'
import { ActionError } from './errors.ts'
import type { ActionEvent } from './events.ts'
import type { FetchedArchive, FetchRequest, FetchResult } from './fetch.ts'
import { fetchArchive } from './fetch-archive.ts'
import { type ItemFailure, reportFailure } from './item-failure.ts'
import { type ArchivePlace, planArchives, type WantedArchive } from './plan-archives.ts'
import { openScope, type Scope } from './scope.ts'

/** What `fetchArchives` does. */
export async function bringArchives(
  request: FetchRequest,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<FetchResult> {
  const references = request.archives.map((text) => {
    const reference = parseArchiveReference(text, false)
    if (reference.kind === 'node' || reference.kind === 'target') return reference
    throw new ActionError('ARCHIVE_REFERENCE_INVALID', `${text} is not on a node`, {
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
