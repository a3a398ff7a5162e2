import {
  apiPath,
  type Connection,
  type DirectTls,
  getObject,
  type HttpSender,
  type Node,
} from '../cluster/index.ts'
import { kubeletHints } from './connect-hints.ts'
import { KubeletError } from './errors.ts'

/** A container as the kubelet's API names it. */
export interface ContainerAddress {
  readonly namespace: string
  readonly pod: string
  readonly container: string
}

/** `/checkpoint/shop/web-0/app`, below whatever leads to the kubelet. */
export const checkpointPath = ({ namespace, pod, container }: ContainerAddress): string =>
  apiPath`/checkpoint/${namespace}/${pod}/${container}`

/** A way to the kubelet of one node. */
export interface KubeletEndpoint {
  readonly node: string
  readonly via: 'proxy' | 'direct'
  readonly sender: HttpSender
  /** What stands before the kubelet's own path. */
  readonly pathPrefix: string
}

/**
 * The way through the API server, which asks the kubelet with an identity of its own; with `direct` the one to the
 * node's internal address, with the user's credentials. That address is the node's own claim: a bearer token sent there
 * can be misused by whoever controls the node, while a client certificate proves the user and gives nothing away.
 * @throws {KubeletError} KUBELET_ADDRESS_UNKNOWN
 * @throws {ClusterError} those of `getObject`, which finds out the address.
 */
export async function resolveEndpoint(
  connection: Connection,
  node: string,
  direct?: DirectTls,
  signal?: AbortSignal,
): Promise<KubeletEndpoint> {
  const nodePath = apiPath`/api/v1/nodes/${node}`
  if (!direct) return { node, via: 'proxy', sender: connection, pathPrefix: `${nodePath}/proxy` }
  const origin = kubeletOrigin(await getObject<Node>(connection, nodePath, { signal }))
  const sender = connection.direct(origin, direct, kubeletHints(node))
  return { node, via: 'direct', sender, pathPrefix: '' }
}

/** What the API server assumes, too, where the status has none. */
const defaultKubeletPort = 10250

function kubeletOrigin({ metadata, status }: Node): string {
  const address = status?.addresses?.find(({ type }) => type === 'InternalIP')?.address
  if (address === undefined) {
    throw new KubeletError(
      'KUBELET_ADDRESS_UNKNOWN',
      `the status of node ${metadata.name} has no InternalIP`,
      {
        hint: 'Go through the API server instead, without --direct.',
      },
    )
  }
  const host = address.includes(':') ? `[${address}]` : address
  return `https://${host}:${status?.daemonEndpoints?.kubeletEndpoint?.Port || defaultKubeletPort}`
}
