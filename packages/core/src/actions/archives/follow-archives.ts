import pLimit from 'p-limit'
import type { NodeArchive } from '../../documents/index.ts'
import { type ItemFailure, itemFailure } from '../item-failure.ts'
import type { Scope } from '../scope.ts'
import { byAge } from './archive-age.ts'
import type { ArchiveSelection } from './archive-selection.ts'
import { findChanges } from './find-changes.ts'
import { gatherSurveyed, isOfEveryNode, nodesAtOnce } from './gather-archives.ts'
import type { ArchiveNode } from './list-nodes.ts'
import { rememberLooks } from './looks.ts'
import { readNodeArchives } from './read-node-archives.ts'
import { surveyCluster } from './survey-cluster.ts'
import type { WatchEvent } from './watch-archives.ts'

/** Between two questions to a node, where few are asked. */
const pauseMs = 2000
/** A node that doesn't answer is asked so many times more seldom. */
const failurePauses = 5
/** Between two looks at which nodes and pods there are. */
const surveyMs = 10_000

/** What the API server is called where it is what can't be asked. */
const apiServer = 'the API server'

/**
 * What `watchArchives` does. Nodes are asked independently of each other, so that a dead one holds up none, and the
 * more there are the less often: a reader pod has to be started for each where there are more than may be at a time.
 * @throws as `gatherArchives`, later only what is true of every node; the reason of the scope's signal.
 */
export async function followArchives(
  scope: Scope,
  selection: ArchiveSelection,
  emit: (event: WatchEvent) => void,
): Promise<never> {
  const { clock, readers, archiveFolder } = scope
  // What is not allowed was said at first.
  const silent: Scope = { ...scope, emit: () => {} }
  const looks = rememberLooks()
  let survey = await surveyCluster(scope, selection)
  const found = await gatherSurveyed(scope, survey, looks)
  emit({ type: 'listed', found })

  const known = Map.groupBy<string, NodeArchive>(found.archives, ({ node }) => node)
  const lost = new Set(found.failures.map(({ item }) => item))
  const limit = pLimit(nodesAtOnce)
  const stop = new AbortController()
  const signal = AbortSignal.any([scope.signal, stop.signal])
  const isCrowd = () => survey.nodes.length > nodesAtOnce
  const pause = () => pauseMs * Math.max(1, survey.nodes.length / nodesAtOnce)

  const show = (node: string, archives: readonly NodeArchive[]) => {
    for (const change of findChanges(known.get(node) ?? [], archives)) emit({ type: 'changed', change })
    known.set(node, [...archives])
  }
  const lose = (failure: ItemFailure) => {
    if (!lost.has(failure.item)) emit({ type: 'lost', failure })
    lost.add(failure.item)
  }
  const regain = (item: string) => {
    if (lost.delete(item)) emit({ type: 'back', item })
  }

  const ask = async (node: ArchiveNode): Promise<void> => {
    signal.throwIfAborted()
    try {
      if (node.problem) throw node.problem
      const { archives } = await readNodeArchives(scope, node, { ...survey.surroundings, looks }, signal)
      regain(node.name)
      show(node.name, archives.toSorted(byAge))
    } catch (error) {
      signal.throwIfAborted()
      if (isOfEveryNode(error)) throw error
      lose(itemFailure(scope, node.name, error))
    } finally {
      if (isCrowd()) await readers.close(node.name, await archiveFolder(node.name))
    }
  }
  const followNode = async (name: string): Promise<void> => {
    while (true) {
      await clock.sleep(pause() * (lost.has(name) ? failurePauses : 1), signal)
      const node = survey.nodes.find((candidate) => candidate.name === name)
      if (!node) break
      await limit(ask, node)
    }
    // It has left the cluster, and its archives with it.
    await readers.close(name, await archiveFolder(name))
    show(name, [])
    known.delete(name)
    lost.delete(name)
    followed.delete(name)
  }
  const followed = new Set<string>()
  const loops: Promise<unknown>[] = []
  const { promise: failed, reject } = Promise.withResolvers<never>()
  const follow = (loop: Promise<void>) => void loops.push(loop.catch(reject))
  const followNew = () => {
    for (const { name } of survey.nodes) {
      if (followed.has(name)) continue
      followed.add(name)
      follow(followNode(name))
    }
  }
  const followCluster = async (): Promise<void> => {
    while (true) {
      await clock.sleep(Math.max(surveyMs, pause()), signal)
      try {
        survey = await surveyCluster(silent, selection)
        regain(apiServer)
        followNew()
      } catch (error) {
        signal.throwIfAborted()
        if (isOfEveryNode(error)) throw error
        lose(itemFailure(scope, apiServer, error))
      }
    }
  }
  followNew()
  follow(followCluster())
  try {
    return await failed
  } finally {
    stop.abort()
    await Promise.all(loops)
  }
}
