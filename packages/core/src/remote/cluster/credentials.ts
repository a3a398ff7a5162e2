import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import type { Clock } from '../../clock.ts'
import { ClusterError } from './errors.ts'
import type { ClientCertificate, Credentials, UserOfCluster } from './identity.ts'
import type { User } from './kubeconfig.ts'
import { openPluginCredentials } from './plugin-credentials.ts'
import { readPem } from './read-pem.ts'

/**
 * Opens what the user of a kubeconfig has: certificate, token, token file, password, plugin.
 * @throws {ClusterError} CREDENTIALS_FAILED if its certificate or key cannot be read, or don't fit together.
 */
export async function openCredentials(of: UserOfCluster, clock: Pick<Clock, 'now'>): Promise<Credentials> {
  const certificate = await readCertificate(of)
  const { user } = of
  if (user.tokenFile) {
    const token = rereadEachMinute(user.tokenFile, clock)
    return { read: async () => ({ authorization: `Bearer ${await token()}`, certificate }) }
  }
  if (!user.token && !user.username && (user.exec || user['auth-provider'])) {
    const plugin = openPluginCredentials(of)
    return { read: async () => ({ certificate, ...(await plugin.read()) }) }
  }
  const identity = { authorization: staticAuthorization(user), certificate }
  return { read: async () => identity }
}

function staticAuthorization({ token, username, password }: User): string | undefined {
  if (token) return `Bearer ${token}`
  return username ? `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}` : undefined
}

async function readCertificate({ userName, user }: UserOfCluster): Promise<ClientCertificate | undefined> {
  try {
    const cert = await readPem(user['client-certificate-data'], user['client-certificate'])
    const key = await readPem(user['client-key-data'], user['client-key'])
    if (!cert && !key) return undefined
    if (!cert || !key) throw new Error('there must be a certificate and its key')
    createSecureContext({ cert, key })
    return { cert, key }
  } catch (cause) {
    throw new ClusterError(
      'CREDENTIALS_FAILED',
      `The client certificate of user "${userName}" cannot be used: ${(cause as Error).message}`,
      { hint: 'Check client-certificate and client-key of that user in your kubeconfig.', cause },
    )
  }
}

const tokenMaxAgeMs = 60_000

/** Kubernetes replaces the token of a pod long before it expires; client-go too looks once a minute. */
function rereadEachMinute(path: string, clock: Pick<Clock, 'now'>): () => Promise<string> {
  let token = ''
  let readAt = Number.NEGATIVE_INFINITY
  return async () => {
    if (clock.now() - readAt > tokenMaxAgeMs) {
      token = (await readFile(path, 'utf8').catch(failed)).trim()
      readAt = clock.now()
    }
    return token
  }
  function failed(cause: Error): never {
    throw new ClusterError('CREDENTIALS_FAILED', `The token file cannot be read: ${cause.message}`, { cause })
  }
}
