import { systemClock } from '../../clock.ts'
import type { Connection } from './connection.ts'
import { openCredentials } from './credentials.ts'
import { ClusterError } from './errors.ts'
import { openExec } from './exec.ts'
import { findProxy } from './find-proxy.ts'
import { openHttpSender } from './http-sender.ts'
import { impersonationHeaders } from './impersonation.ts'
import { findInClusterConfig } from './in-cluster.ts'
import type { Cluster, Kubeconfig } from './kubeconfig.ts'
import { kubeconfigPaths, loadKubeconfig } from './load-kubeconfig.ts'
import type { Endpoint } from './open-socket.ts'
import { parseProxy } from './parse-proxy.ts'
import { patientSender } from './patient-sender.ts'
import { readPem } from './read-pem.ts'
import { resolveContext } from './resolve-context.ts'
import type { ConnectionSettings } from './settings.ts'

/**
 * Finds the cluster and the user as kubectl does: `--kubeconfig`, KUBECONFIG, `~/.kube/config`, the pod's own service
 * account. Reads files, but asks nobody: the first request connects.
 * @throws {ClusterError} KUBECONFIG_NOT_FOUND; KUBECONFIG_INVALID; CONTEXT_NOT_FOUND; PROXY_INVALID;
 * CREDENTIALS_FAILED.
 */
export async function openConnection(settings: ConnectionSettings): Promise<Connection> {
  const { overrides = {}, env } = settings
  const kubeconfig = await getKubeconfig(settings)
  const resolved = resolveContext(kubeconfig, overrides)
  const { cluster, user, server } = resolved
  const proxyOf = proxyFinder(cluster, env)
  const credentials = await openCredentials({ ...resolved, env }, systemClock)
  const endpoint: Endpoint = {
    url: server,
    certificateAuthority: await readAuthority(cluster),
    skipVerify: cluster['insecure-skip-tls-verify'] ?? false,
    serverName: cluster['tls-server-name'] ?? undefined,
    proxy: proxyOf(server),
  }
  const options = { headers: impersonationHeaders(user), timeoutMs: overrides.requestTimeoutMs ?? 0 }
  const senders = new AsyncDisposableStack()
  const sender = senders.use(openHttpSender(endpoint, credentials, options))
  return {
    ...patientSender(sender, systemClock),
    namespace: resolved.namespace,
    exec: (request) => openExec(endpoint, credentials, request, options),
    direct(origin, tls, hints) {
      if (Object.keys(options.headers).length > 0) throw cannotImpersonate(origin)
      const url = new URL(origin)
      return senders.use(openHttpSender({ url, proxy: proxyOf(url), hints, ...tls }, credentials, options))
    },
    [Symbol.asyncDispose]: () => senders.disposeAsync(),
  }
}

async function getKubeconfig(settings: ConnectionSettings): Promise<Kubeconfig> {
  const found = (await loadKubeconfig(settings)) ?? (await findInClusterConfig(settings))
  if (found) return found
  // kubectl, too, can do with flags alone.
  if (settings.overrides?.server) {
    return { currentContext: undefined, clusters: new Map(), users: new Map(), contexts: new Map() }
  }
  throw new ClusterError(
    'KUBECONFIG_NOT_FOUND',
    `There is no kubeconfig at ${kubeconfigPaths(settings).join(', ')}`,
    { hint: 'Name one with --kubeconfig or KUBECONFIG.' },
  )
}

/** The proxy of the cluster's entry, also for its nodes; else the environment's. */
function proxyFinder(cluster: Cluster, env: ConnectionSettings['env']): (url: URL) => URL | undefined {
  const configured = cluster['proxy-url']
  if (configured) {
    const proxy = parseProxy({ source: 'proxy-url', value: configured })
    return () => proxy
  }
  return (url) => {
    const setting = findProxy(url, env)
    return setting && parseProxy(setting)
  }
}

/** A kubelet takes no notice of impersonation: the user would act with all of their own rights. */
const cannotImpersonate = (origin: string): ClusterError =>
  new ClusterError('IMPERSONATION_UNSUPPORTED', `${origin} can't be asked on behalf of somebody else`, {
    hint: 'Leave out --as, or go through the API server, without --direct.',
  })

async function readAuthority(cluster: Cluster): Promise<string | undefined> {
  try {
    return await readPem(cluster['certificate-authority-data'], cluster['certificate-authority'])
  } catch (cause) {
    throw new ClusterError(
      'KUBECONFIG_INVALID',
      `The certificate authority cannot be read: ${(cause as Error).message}`,
      { cause },
    )
  }
}
