import type { TakenEntry } from '../../catalogue/index.ts'
import { ClusterError } from '../../remote/cluster/index.ts'
import { archiveOnNode } from '../archive-name.ts'
import type { Scope } from '../scope.ts'
import { type ArchiveSelection, planSelection } from './archive-selection.ts'
import { type ArchiveNode, listNodes } from './list-nodes.ts'
import { type PodIndex, readPodIndex, unknownPods } from './pod-index.ts'
import type { Surroundings } from './read-node-archives.ts'

/** What the API server and this machine know of a selection, before any node is asked. */
export interface Survey {
  readonly nodes: readonly ArchiveNode[]
  readonly surroundings: Omit<Surroundings, 'looks'>
}

/**
 * @throws {TargetError} TARGET_INVALID; TARGET_NOT_FOUND and NODE_IS_WINDOWS of nodes.
 * @throws {ClusterError} what the API server answers, but for FORBIDDEN of pods.
 */
export async function surveyCluster(scope: Scope, selection: ArchiveSelection): Promise<Survey> {
  const { connection, catalogue, signal } = scope
  const [pods, entries] = await Promise.all([findPods(scope, selection), catalogue.read(connection.origin)])
  const filter = await planSelection(connection, selection, pods, signal)
  const nodes = await listNodes(scope, filter.nodes, pods.nodes)
  return { nodes, surroundings: { filter, pods, remembered: rememberTaken(entries.filter(isTaken)) } }
}

/** Whoever may not list pods learns of archives, but not what has become of their pods. */
async function findPods(
  { connection, emit, signal }: Scope,
  { allNamespaces }: ArchiveSelection,
): Promise<PodIndex> {
  try {
    return await readPodIndex(connection, allNamespaces ? undefined : connection.namespace, signal)
  } catch (error) {
    if (!(error instanceof ClusterError && error.code === 'FORBIDDEN')) throw error
    emit({ type: 'notice', notice: { kind: 'pods-not-listed', reason: error.message } })
    return unknownPods
  }
}

const isTaken = (entry: { readonly kind: string }): entry is TakenEntry => entry.kind === 'taken'

const rememberTaken = (entries: readonly TakenEntry[]): ReadonlyMap<string, TakenEntry> =>
  new Map(entries.map((entry) => [archiveOnNode(entry.node, entry.path), entry]))
