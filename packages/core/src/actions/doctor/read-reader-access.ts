import type { Connection } from '../../remote/cluster/index.ts'
import { type NodePodSettings, namespaceOf } from '../../remote/node-pods/index.ts'
import { hasRight, listRights } from '../../remote/rbac/index.ts'
import { learn } from './learned.ts'
import type { NodeFacts } from './node-facts.ts'

export type ReaderAccess = Pick<NodeFacts, 'readerNamespace' | 'missingRights'>

/** Which of the rights the user lacks that it takes to start, use and remove pods on nodes. */
export async function readReaderAccess(
  connection: Connection,
  settings: NodePodSettings,
  signal: AbortSignal,
): Promise<ReaderAccess> {
  const readerNamespace = namespaceOf(connection, settings)
  const rights = listRights('fetch', { readerNamespace }).filter(
    ({ namespace }) => namespace === readerNamespace,
  )
  const missingRights = await learn(signal, async () => {
    const allowed = await Promise.all(rights.map((right) => hasRight(connection, right, { signal })))
    return rights.filter((_, index) => !allowed[index]).map(({ verb, resource }) => `${verb} ${resource}`)
  })
  return { readerNamespace, missingRights }
}
