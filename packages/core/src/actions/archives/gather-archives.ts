import pLimit from 'p-limit'
import type { NodeArchive } from '../../documents/index.ts'
import { CheckpointError } from '../../errors.ts'
import { type ItemFailure, reportFailure } from '../item-failure.ts'
import type { Scope } from '../scope.ts'
import { byAge } from './archive-age.ts'
import type { ArchiveSelection } from './archive-selection.ts'
import type { ArchiveNode } from './list-nodes.ts'
import { type Looks, looks } from './looks.ts'
import { type ArchivesOfNode, readNodeArchives } from './read-node-archives.ts'
import { type Survey, surveyCluster } from './survey-cluster.ts'

export interface GatheredArchives {
  /** Oldest first. */
  readonly archives: readonly NodeArchive[]
  /** Of nodes that could not be asked. */
  readonly failures: readonly ItemFailure[]
  /** How many nodes have answered. */
  readonly nodesAsked: number
  /** The one that was looked for; absent: all. */
  readonly namespace?: string
  /** How many archives there are in other namespaces, where all of one namespace are asked for. */
  readonly elsewhere: number
}

/** Reader pods at a time. More would not be faster: scheduling them is what takes time. */
export const nodesAtOnce = 32

/**
 * Finds archives on nodes. A node that can't be asked is among the failures; a reason that is none of its own, or
 * of all nodes, is thrown. Where more nodes are asked than at a time, each one's reader pod is removed as soon as it is done.
 * @throws {TargetError} TARGET_INVALID; TARGET_NOT_FOUND and NODE_IS_WINDOWS of nodes.
 * @throws {ClusterError} FORBIDDEN and what else the API server answers. @throws {NodeFilesError} READER_NOT_ADMITTED
 */
export const gatherArchives = async (scope: Scope, selection: ArchiveSelection): Promise<GatheredArchives> =>
  gatherSurveyed(scope, await surveyCluster(scope, selection), looks)

/** The same of a cluster whose nodes are known. @throws as `gatherArchives`, but for targets. */
export async function gatherSurveyed(
  scope: Scope,
  { nodes, surroundings }: Survey,
  ways: Looks,
): Promise<GatheredArchives> {
  const { signal, readers, archiveFolder } = scope
  const limit = pLimit(nodesAtOnce)
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  const ask = async (node: ArchiveNode): Promise<ArchivesOfNode | ItemFailure> => {
    either.throwIfAborted()
    try {
      if (node.problem) throw node.problem
      return await readNodeArchives(scope, node, { ...surroundings, looks: ways }, either)
    } catch (error) {
      if (either.aborted) throw either.reason
      if (!isOfEveryNode(error)) return reportFailure(scope, node.name, error)
      stop.abort(error)
      throw error
    } finally {
      if (nodes.length > nodesAtOnce) await readers.close(node.name, await archiveFolder(node.name))
    }
  }
  const outcomes = await Promise.all(nodes.map((node) => limit(ask, node)))
  const found = outcomes.filter((outcome) => 'archives' in outcome)
  const failures = outcomes.filter((outcome) => 'error' in outcome)
  const [first] = failures
  if (first && found.length === 0 && failures.every(({ error }) => error.code === first.error.code))
    throw first.error
  const { filter } = surroundings
  return {
    archives: found.flatMap(({ archives }) => archives).sort(byAge),
    failures,
    nodesAsked: found.length,
    ...(filter.namespace !== undefined && { namespace: filter.namespace }),
    elsewhere: found.reduce((sum, { elsewhere }) => sum + elsewhere, 0),
  }
}

/** Other nodes would answer the same. */
export const isOfEveryNode = (error: unknown): boolean =>
  error instanceof CheckpointError &&
  ['FORBIDDEN', 'UNAUTHORIZED', 'READER_NOT_ADMITTED'].includes(error.code)
