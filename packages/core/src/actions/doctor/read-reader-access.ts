import { type Connection, createObject } from '../../remote/cluster/index.ts'
import { type NodePodSettings, namespaceOf } from '../../remote/node-pods/index.ts'
import { learn } from './learned.ts'
import type { NodeFacts } from './node-facts.ts'

export type ReaderAccess = Pick<NodeFacts, 'readerNamespace' | 'missingRights'>

interface AccessReview {
  readonly status?: { readonly allowed?: boolean }
}

/** What it takes to start, watch, use and remove a pod on a node. */
const rights = [
  { verb: 'create', resource: 'pods' },
  { verb: 'get', resource: 'pods' },
  { verb: 'create', resource: 'pods', subresource: 'exec' },
  { verb: 'delete', resource: 'pods' },
] as const

/** Which of the rights that reader pods take the user lacks. */
export async function readReaderAccess(
  connection: Connection,
  settings: NodePodSettings,
  signal: AbortSignal,
): Promise<ReaderAccess> {
  const namespace = namespaceOf(connection, settings)
  const isAllowed = async (right: (typeof rights)[number]): Promise<boolean> => {
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'
    const head = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview' }
    const body = { ...head, spec: { resourceAttributes: { namespace, ...right } } }
    return (await createObject<AccessReview>(connection, path, body, { signal })).status?.allowed === true
  }
  const missingRights = await learn(signal, async () => {
    const allowed = await Promise.all(rights.map(isAllowed))
    return rights.filter((_, index) => !allowed[index]).map(nameOf)
  })
  return { readerNamespace: namespace, missingRights }
}

const nameOf = (right: (typeof rights)[number]): string =>
  `${right.verb} ${right.resource}${'subresource' in right ? `/${right.subresource}` : ''}`
