import type { Connection } from '../../remote/cluster/index.ts'
import type { Context } from '../context.ts'
import { nameRole } from '../name-role.ts'

/** Whoever lacks a right is told of the role that has all that a migration takes beside the checkpoint and the restore. */
export async function connectToMigrate(context: Pick<Context, 'connect'>): Promise<Connection> {
  const connection = await context.connect()
  return nameRole(connection, { role: 'migrate', readerNamespace: connection.namespace })
}
