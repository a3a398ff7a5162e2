import pLimit from 'p-limit'
import type { CatalogueEntry } from '../../catalogue/index.ts'
import type { RefusalDocument, RefusalList, SearchedContainer } from '../../documents/index.ts'
import { CheckpointError } from '../../errors.ts'
import {
  apiPath,
  ClusterError,
  type Connection,
  type Event,
  getObject,
  listObjects,
  type Pod,
} from '../../remote/cluster/index.ts'
import { resolveTargets, type TargetContainer } from '../../remote/targets/index.ts'
import type { Context } from '../context.ts'
import type { ActionEvent } from '../events.ts'
import { openScope, type Scope } from '../scope.ts'
import { cataloguePlace, findCheckpointRefusal } from './find-checkpoint-refusal.ts'
import { findEventReports, findStatusReports } from './find-reports.ts'
import { findRestoreRefusal } from './find-restore-refusal.ts'
import { readDumpLog } from './read-dump-log.ts'
import type { WhyRequest } from './why.ts'

/** Each may have a reader pod started. */
const containersAtATime = 8

type Place = SearchedContainer['places'][number]

interface Found {
  readonly places: readonly Place[]
  readonly refusals: readonly RefusalDocument[]
}

/** What `why` does. */
export async function explainRefusals(
  request: WhyRequest,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<RefusalList> {
  await using scope = await openScope(context, emit, signal, 'why')
  const { containers, notices } = await resolveTargets(scope.connection, request, { signal, anyState: true })
  for (const notice of notices) emit({ type: 'notice', notice })
  const remembered = await readCatalogue(context, scope.connection.origin)
  const limit = pLimit(containersAtATime)
  const searches = await Promise.all(
    containers.map((container) => limit(() => searchOne(scope, container, remembered))),
  )
  return {
    apiVersion: 'kubectl-checkpoint/v1',
    kind: 'RefusalList',
    items: searches.flatMap(({ refusals }) => refusals).sort(newestFirst),
    searched: containers.map(({ namespace, pod, container, node }, index) => ({
      namespace,
      pod,
      container,
      node,
      places: searches[index]?.places ?? [],
    })),
  }
}

/** What has no time is so at the moment. */
function newestFirst(a: RefusalDocument, b: RefusalDocument): number {
  if (a.at === undefined || b.at === undefined) return Number(b.at === undefined) - Number(a.at === undefined)
  return Date.parse(b.at) - Date.parse(a.at)
}

interface Remembered {
  readonly place: Place
  readonly entries: readonly CatalogueEntry[]
}

async function readCatalogue({ catalogue }: Context, cluster: string): Promise<Remembered> {
  const place: Place = { source: 'catalogue', place: cataloguePlace }
  try {
    return { place, entries: await catalogue.read(cluster) }
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error
    return { place: { ...place, unreadable: error.message }, entries: [] }
  }
}

async function searchOne(scope: Scope, target: TargetContainer, remembered: Remembered): Promise<Found> {
  const { connection, signal } = scope
  const { namespace, pod: name, container } = target
  signal.throwIfAborted()
  const place: Place = { source: 'status', place: `pod ${namespace}/${name}` }
  const pod = await findPod(connection, namespace, name, signal)
  if (pod === undefined) {
    const refusal = findCheckpointRefusal(target, undefined, remembered.entries)
    return {
      places: [{ ...place, unreadable: 'it is gone' }, remembered.place],
      refusals: refusal ? [refusal] : [],
    }
  }
  const [events, dump] = await Promise.all([
    listEvents(scope, pod, namespace),
    readDumpLog(scope, target, pod),
  ])
  const restore = findRestoreRefusal(target, [
    ...findStatusReports(pod, container),
    ...findEventReports(events.found, container),
  ])
  const checkpoint = findCheckpointRefusal(target, dump.log, remembered.entries)
  return {
    places: [place, events.place, ...dump.places, remembered.place],
    refusals: [restore, checkpoint].flatMap((refusal) => refusal ?? []),
  }
}

/** Undefined: it has gone since it was found. */
async function findPod(
  connection: Connection,
  namespace: string,
  name: string,
  signal: AbortSignal,
): Promise<Pod | undefined> {
  try {
    return await getObject<Pod>(connection, apiPath`/api/v1/namespaces/${namespace}/pods/${name}`, { signal })
  } catch (error) {
    if (error instanceof ClusterError && error.code === 'OBJECT_NOT_FOUND') return undefined
    throw error
  }
}

/** Those of this very pod, not of one that had its name before. Whoever may not see them learns the pod's own state. */
async function listEvents(
  { connection, signal }: Scope,
  { metadata }: Pod,
  namespace: string,
): Promise<{ readonly place: Place; readonly found: readonly Event[] }> {
  const place: Place = { source: 'event', place: `events of pod ${namespace}/${metadata.name}` }
  const path = apiPath`/api/v1/namespaces/${namespace}/events`
  const query = { fieldSelector: `involvedObject.kind=Pod,involvedObject.uid=${metadata.uid ?? ''}` }
  try {
    return { place, found: await listObjects<Event>(connection, path, { query, signal }) }
  } catch (error) {
    if (!(error instanceof ClusterError && error.code === 'FORBIDDEN')) throw error
    return { place: { ...place, unreadable: error.message }, found: [] }
  }
}
