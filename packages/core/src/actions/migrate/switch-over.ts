import type { PlannedMove } from '../../documents/index.ts'
import {
  apiPath,
  ClusterError,
  type Connection,
  deleteObject,
  getObject,
  type Pod,
  patchObject,
} from '../../remote/cluster/index.ts'
import type { Context } from '../context.ts'
import { ActionError } from '../errors.ts'
import { connectToMigrate } from './connect-to-migrate.ts'

const pollMs = 250
const options = { timeoutMs: 30_000 } as const
/** A controller's next look at its pods is a matter of moments. */
const controllerPatienceMs = 30_000

/**
 * Gives the new pod the old one's labels, by which services and controllers find it, and has the old one removed. Of a
 * ReplicaSet's it is the controller that does: it takes the new pod for its own, has one too many then, and removes the
 * one that is said to cost least. Not to be cancelled on the way.
 * @throws {ActionError} SWITCH_FAILED. @throws {ClusterError}
 */
export async function switchOver(
  { namespace, pod: oldName, podUid, controller }: PlannedMove,
  newName: string,
  context: Context,
): Promise<void> {
  const connection = await connectToMigrate(context)
  const oldPath = apiPath`/api/v1/namespaces/${namespace}/pods/${oldName}`
  const newPath = apiPath`/api/v1/namespaces/${namespace}/pods/${newName}`
  const old = await getObject<Pod>(connection, oldPath, options)
  if (podUid !== undefined && old.metadata.uid !== podUid) {
    throw failed(`${namespace}/${oldName} has become another pod meanwhile`)
  }
  const labels = old.metadata.labels ?? {}
  if (controller === undefined) {
    await patchObject(connection, newPath, { metadata: { labels } }, options)
    await deleteObject(connection, oldPath, { ...options, ...(podUid !== undefined && { uid: podUid }) })
    return
  }
  await patchObject(connection, oldPath, cost(leastCost), options)
  try {
    await patchObject(connection, newPath, { metadata: { labels } }, options)
    await waitUntilGoing(connection, oldPath, newPath, context)
  } catch (error) {
    const before = old.metadata.annotations?.[costAnnotation] ?? null
    await patchObject(connection, oldPath, cost(before), options).catch(() => {})
    throw error
  }
}

/** @see https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/#pod-deletion-cost */
const costAnnotation = 'controller.kubernetes.io/pod-deletion-cost'
const leastCost = `${-(2 ** 31)}`
const cost = (value: string | null) => ({ metadata: { annotations: { [costAnnotation]: value } } })

async function waitUntilGoing(
  connection: Connection,
  oldPath: string,
  newPath: string,
  { clock }: Pick<Context, 'clock'>,
): Promise<void> {
  const end = clock.now() + controllerPatienceMs
  while (!(await isGoing(connection, oldPath))) {
    if (await isGoing(connection, newPath)) throw failed('its controller has removed the new pod')
    if (clock.now() >= end) throw failed('its controller has not removed the old pod')
    await clock.sleep(pollMs)
  }
}

/** Removed, or about to be. */
async function isGoing(connection: Connection, path: string): Promise<boolean> {
  try {
    return (await getObject<Pod>(connection, path, options)).metadata.deletionTimestamp !== undefined
  } catch (error) {
    if (error instanceof ClusterError && error.code === 'OBJECT_NOT_FOUND') return true
    throw error
  }
}

const failed = (message: string): ActionError =>
  new ActionError('SWITCH_FAILED', message, { hint: 'The new pod is removed: try again.' })
