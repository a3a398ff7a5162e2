import { ClusterError } from './errors.ts'
import type { Cluster, Context, Kubeconfig, User } from './kubeconfig.ts'
import type { ConnectionOverrides } from './settings.ts'

/** What a command works with: a context and what it names, with the flags on top. */
export interface ResolvedContext {
  readonly namespace: string
  readonly server: URL
  readonly cluster: Cluster
  readonly userName: string
  readonly user: User
}

/**
 * Chooses as kubectl does.
 * @throws {ClusterError} CONTEXT_NOT_FOUND; KUBECONFIG_INVALID if it names a cluster or user that isn't there, or
 * a server that is no URL.
 */
export function resolveContext(kubeconfig: Kubeconfig, overrides: ConnectionOverrides = {}): ResolvedContext {
  const name = overrides.context ?? kubeconfig.currentContext ?? ''
  const context = getContext(kubeconfig, name, overrides)
  const userName = overrides.user ?? context.user ?? ''
  const clusterName = overrides.cluster ?? context.cluster ?? ''
  const cluster = overrideCluster(getEntry('cluster', kubeconfig.clusters, clusterName), overrides)
  const user = overrideUser(getEntry('user', kubeconfig.users, userName), overrides)
  if (!user.as && (user['as-uid'] || user['as-groups']?.length || user['as-user-extra'])) {
    throw new ClusterError('KUBECONFIG_INVALID', 'Groups or a UID are to be impersonated, but no user', {
      hint: 'Name the user with --as.',
    })
  }
  return {
    namespace: overrides.namespace || context.namespace || 'default',
    server: parseServer(cluster.server, clusterName),
    cluster,
    userName,
    user,
  }
}

function getContext(kubeconfig: Kubeconfig, name: string, overrides: ConnectionOverrides): Context {
  const context = kubeconfig.contexts.get(name)
  if (context) return context
  // `--server` or `--cluster` say enough, unless a context is asked for by name.
  if (name === '' && (overrides.server || overrides.cluster)) return {}
  const known = [...kubeconfig.contexts.keys()]
  throw new ClusterError(
    'CONTEXT_NOT_FOUND',
    name ? `There is no context "${name}"` : 'The kubeconfig has no current context',
    {
      hint:
        known.length > 0
          ? `Choose one with --context: ${known.join(', ')}.`
          : 'No context is configured: name another file with --kubeconfig.',
    },
  )
}

function getEntry<Entry extends Cluster | User>(
  kind: 'cluster' | 'user',
  entries: ReadonlyMap<string, Entry>,
  name: string,
): Entry | Record<string, never> {
  const entry = name === '' ? {} : entries.get(name)
  if (entry) return entry
  throw new ClusterError('KUBECONFIG_INVALID', `The kubeconfig has no ${kind} "${name}"`, {
    hint: 'Run kubectl config view to see what it has.',
  })
}

function overrideCluster(cluster: Cluster, overrides: ConnectionOverrides): Cluster {
  const result = { ...cluster }
  if (overrides.server) result.server = overrides.server
  // The configured name belongs to the configured server.
  if (overrides.server || overrides.tlsServerName) result['tls-server-name'] = overrides.tlsServerName
  if (overrides.certificateAuthority) {
    result['certificate-authority'] = overrides.certificateAuthority
    result['certificate-authority-data'] = undefined
    result['insecure-skip-tls-verify'] = false
  }
  if (overrides.insecureSkipTlsVerify !== undefined) {
    result['insecure-skip-tls-verify'] = overrides.insecureSkipTlsVerify
  }
  return result
}

function overrideUser(user: User, overrides: ConnectionOverrides): User {
  const result = { ...user }
  // A token on the command line wins over whatever else the user has, plugins included.
  if (overrides.token) {
    Object.assign(result, { token: overrides.token, tokenFile: undefined })
    Object.assign(result, { username: undefined, exec: undefined, 'auth-provider': undefined })
  }
  if (overrides.clientCertificate) {
    result['client-certificate'] = overrides.clientCertificate
    result['client-certificate-data'] = undefined
  }
  if (overrides.clientKey) {
    result['client-key'] = overrides.clientKey
    result['client-key-data'] = undefined
  }
  if (overrides.as) result.as = overrides.as
  if (overrides.asUid) result['as-uid'] = overrides.asUid
  if (overrides.asGroups) result['as-groups'] = [...overrides.asGroups]
  return result
}

function parseServer(server: string | null | undefined, clusterName: string): URL {
  const url = URL.canParse(server ?? '') ? new URL(server ?? '') : undefined
  if (url && /^https?:$/.test(url.protocol)) return url
  throw new ClusterError(
    'KUBECONFIG_INVALID',
    `The server of cluster "${clusterName}" is not an http or https URL: ${server || 'empty'}`,
  )
}
