import type { RequestOptions } from 'node:https'
import { ClusterError } from './errors.ts'
import type { ClientCertificate, Credentials, Identity, UserOfCluster } from './identity.ts'
import type { Cluster, ExecPlugin } from './kubeconfig.ts'
import { readPem } from './read-pem.ts'

/**
 * Credentials from an exec plugin or an identity provider. client-node runs them, keeps what they answer until it
 * expires, and is loaded only here, since that takes a while.
 */
export function openPluginCredentials(of: UserOfCluster): Credentials {
  let loading: Promise<() => Promise<RequestOptions>> | undefined
  let reading: Promise<Identity> | undefined
  let certificate: ClientCertificate | undefined
  const read = async (): Promise<Identity> => {
    try {
      loading ??= loadClientNode(of)
      const { headers, cert, key } = await (await loading)()
      const { Authorization: authorization } = headers as { Authorization?: string }
      certificate = sameOr(certificate, cert, key)
      return { authorization, ...(certificate ? { certificate } : {}) }
    } catch (cause) {
      throw pluginError(of, cause)
    }
  }
  return {
    // Requests that start together share one run of the plugin.
    read() {
      reading ??= read().finally(() => {
        reading = undefined
      })
      return reading
    },
  }
}

function sameOr(
  known: ClientCertificate | undefined,
  cert: RequestOptions['cert'],
  key: RequestOptions['key'],
): ClientCertificate | undefined {
  if (!cert || !key) return undefined
  const next = { cert: String(cert), key: String(key) }
  return known?.cert === next.cert && known.key === next.key ? known : next
}

async function loadClientNode(of: UserOfCluster): Promise<() => Promise<RequestOptions>> {
  const { KubeConfig } = await import('@kubernetes/client-node')
  const { userName: name, user } = of
  const config = new KubeConfig()
  config.loadFromOptions({
    // It wants to know of a cluster, but credentials don't depend on it.
    clusters: [{ name, server: 'https://cluster.invalid', skipTLSVerify: false }],
    contexts: [{ name, cluster: name, user: name }],
    users: [
      { name, authProvider: user['auth-provider'], exec: user.exec && (await execWithInfo(user.exec, of)) },
    ],
    currentContext: name,
  })
  return async () => {
    const options: RequestOptions = {}
    await config.applyToHTTPSOptions(options)
    return options
  }
}

/** Adds what client-node doesn't tell the plugin: our environment, and KUBERNETES_EXEC_INFO. */
async function execWithInfo(exec: ExecPlugin, { env, cluster }: UserOfCluster): Promise<ExecPlugin> {
  if (exec.interactiveMode === 'Always') {
    throw new Error('it asks questions, which is not possible here')
  }
  const info = {
    apiVersion: exec.apiVersion,
    kind: 'ExecCredential',
    spec: { interactive: false, ...(exec.provideClusterInfo ? { cluster: await clusterInfo(cluster) } : {}) },
  }
  const inherited = Object.entries(env).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value }],
  )
  return {
    ...exec,
    env: [...inherited, ...(exec.env ?? []), { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) }],
  }
}

/** @see k8s.io/client-go/pkg/apis/clientauthentication Cluster */
async function clusterInfo(cluster: Cluster): Promise<Record<string, unknown>> {
  const ca = await readPem(cluster['certificate-authority-data'], cluster['certificate-authority'])
  return {
    server: cluster.server,
    'tls-server-name': cluster['tls-server-name'] ?? undefined,
    'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'] ?? undefined,
    'certificate-authority-data': ca && Buffer.from(ca).toString('base64'),
    'proxy-url': cluster['proxy-url'] ?? undefined,
    config: cluster.extensions?.find(({ name }) => name === 'client.authentication.k8s.io/exec')?.extension,
  }
}

function pluginError({ userName, user }: UserOfCluster, cause: unknown): ClusterError {
  const plugin = user.exec?.command ?? user['auth-provider']?.name
  const words = (cause as Error).message.trim() || 'it says nothing'
  const hint =
    user.exec?.installHint || 'Run kubectl get namespaces to see whether it works there; log in again.'
  return new ClusterError(
    'CREDENTIALS_FAILED',
    `${plugin} gives no credentials for user "${userName}": ${words}`,
    { hint, cause },
  )
}
