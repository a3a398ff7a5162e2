import { basename, dirname } from 'node:path/posix'
import pLimit, { type LimitFunction } from 'p-limit'
import { archiveOnNode, localArchiveName } from './archive-name.ts'
import { type ClusterReference, parseClusterReference } from './archive-reference.ts'
import { gatherArchives } from './archives/gather-archives.ts'
import type { Context } from './context.ts'
import { ActionError } from './errors.ts'
import type { ActionEvent } from './events.ts'
import type { FetchedArchive, FetchRequest, FetchResult } from './fetch.ts'
import { fetchArchive } from './fetch-archive.ts'
import { type ItemFailure, reportFailure } from './item-failure.ts'
import { type ArchivePlace, planArchives, type WantedArchive } from './plan-archives.ts'
import { openScope, type Scope } from './scope.ts'
import { selectArchives } from './select-archives.ts'

/** They share this machine's link and disk: more would not be faster. */
const defaultNodesAtOnce = 4

/** What `fetchArchives` does. */
export async function bringArchives(
  request: FetchRequest,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<FetchResult> {
  const references = request.archives.map(parseClusterReference)
  const isSelection = request.all || request.selector || request.allNamespaces || request.nodes
  if (references.length === 0 && !isSelection) {
    throw new ActionError('ARCHIVE_REFERENCE_INVALID', 'no archive is named', {
      hint: 'Name archives or pods, or select them by labels, by node, or all of a namespace.',
    })
  }
  await using scope = await openScope(context, emit, signal, isSelection ? 'list' : 'fetch')
  const { wanted, failures } = isSelection
    ? await selectWanted(scope, request, references)
    : await nameWanted(scope, request, references)
  const limit = pLimit(request.nodesAtOnce ?? defaultNodesAtOnce)
  const names = new Map<string, LimitFunction>()
  const outcomes = await Promise.all(
    [...Map.groupBy(wanted, ({ node }) => node)].map(([node, group]) =>
      limit(() => fetchFromNode(scope, request, node, group, names)),
    ),
  )
  return {
    archives: outcomes.flat().flatMap((outcome) => ('archive' in outcome ? outcome : [])),
    failures: [...failures, ...outcomes.flat().flatMap((outcome) => ('error' in outcome ? outcome : []))],
  }
}

interface Wanted {
  readonly wanted: readonly WantedArchive[]
  /** Of nodes that could not be asked. */
  readonly failures: readonly ItemFailure[]
}

async function nameWanted(
  scope: Scope,
  { container }: FetchRequest,
  references: readonly ClusterReference[],
): Promise<Wanted> {
  const wanted = await Promise.all(references.map((reference) => planArchives(scope, reference, container)))
  return { wanted: wanted.flat(), failures: [] }
}

/** Asks nodes what they have; archives that are named are wanted beside. */
async function selectWanted(
  scope: Scope,
  { selector, allNamespaces, nodes, container, all = false }: FetchRequest,
  references: readonly ClusterReference[],
): Promise<Wanted> {
  const targets = references.flatMap((reference) => (reference.kind === 'target' ? reference.target : []))
  const { archives, failures } = await gatherArchives(scope, {
    targets,
    ...(selector === undefined ? {} : { selector }),
    ...(allNamespaces === undefined ? {} : { allNamespaces }),
    ...(nodes === undefined ? {} : { nodes }),
    ...(container === undefined ? {} : { container }),
  })
  const onNodes = references.filter(({ kind }) => kind === 'node')
  const named = await nameWanted(scope, { archives: [], to: '' }, onNodes)
  const selected = selectArchives(archives, all, scope.emit).map(({ archive, node, path }) => ({
    item: archive,
    node,
    locate: async () => ({ node, path }),
  }))
  return { wanted: [...named.wanted, ...selected], failures }
}

type Outcome = FetchedArchive | ItemFailure

/** One after the other, after which the node's reader pods are removed. */
async function fetchFromNode(
  scope: Scope,
  request: FetchRequest,
  node: string,
  wanted: readonly WantedArchive[],
  names: Map<string, LimitFunction>,
): Promise<Outcome[]> {
  const { emit, readers } = scope
  const located = await Promise.all(wanted.map((archive) => locateOne(scope, archive)))
  const places = new Map(located.flatMap((place) => ('path' in place ? [[place.path, place]] : [])))
  for (const path of places.keys()) {
    emit({ type: 'phase', item: archiveOnNode(node, path), phase: 'waiting' })
  }
  const outcomes: Outcome[] = located.filter((place) => 'error' in place)
  for (const place of places.values()) {
    // Of archives that get one local name, each finds the one before it there, and is equal to it or fails at once.
    const name = localArchiveName(basename(place.path))
    const turn = names.get(name) ?? pLimit(1)
    names.set(name, turn)
    outcomes.push(await turn(() => fetchOne(scope, place, request)))
  }
  const folders = new Set([
    await scope.archiveFolder(node),
    ...[...places.keys()].map((path) => dirname(path)),
  ])
  await Promise.all([...folders].map((folder) => readers.close(node, folder)))
  return outcomes
}

async function locateOne(scope: Scope, { item, locate }: WantedArchive): Promise<ArchivePlace | ItemFailure> {
  try {
    scope.signal.throwIfAborted()
    return await locate()
  } catch (error) {
    return reportFailure(scope, item, error)
  }
}

async function fetchOne(
  scope: Scope,
  { node, path }: ArchivePlace,
  { to, compress }: FetchRequest,
): Promise<Outcome> {
  const archive = archiveOnNode(node, path)
  try {
    const local = await fetchArchive(scope, archive, node, path, to, compress)
    scope.emit({ type: 'phase', item: archive, phase: 'done' })
    return { archive, ...local }
  } catch (error) {
    return reportFailure(scope, archive, error)
  }
}
