import { messageOf } from '../errors.ts'
import { ClusterError, type Connection, deleteObject } from '../remote/cluster/index.ts'
import type { ActionEvent } from './events.ts'

/** Nothing cancels it: cleaning up must end, also where nobody answers any more. */
const patienceMs = 30_000

/** What is to be removed: `object` as kubectl names it, `pod/web-0`. */
export interface MadeObject {
  readonly path: string
  readonly namespace: string
  readonly object: string
}

/** Removes what was made and is of no use. Never fails: what is left is told of. */
export async function removeObject(
  connection: Connection,
  { path, namespace, object }: MadeObject,
  emit: (event: ActionEvent) => void,
): Promise<void> {
  try {
    await deleteObject(connection, path, { timeoutMs: patienceMs })
  } catch (error) {
    if (error instanceof ClusterError && error.code === 'OBJECT_NOT_FOUND') return
    const reason = messageOf(error)
    emit({ type: 'notice', notice: { kind: 'object-left', namespace, object, reason } })
  }
}
