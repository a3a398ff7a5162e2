import type { ConnectionOverrides } from '@kubectl-checkpoint/core/remote/cluster'
import type { InferredOptionTypes, Options } from 'yargs'
import { parseMilliseconds } from './duration.ts'
import { text } from './text.ts'

const group = 'Connection, as for kubectl:'

/** kubectl's global flags, under their names there. */
export const connectionFlags = {
  namespace: {
    group,
    alias: 'n',
    ...text,
    describe: 'Namespace of the targets; default: that of the context',
  },
  kubeconfig: { group, ...text, describe: 'Path of the kubeconfig' },
  context: { group, ...text, describe: "The kubeconfig's context to use" },
  cluster: { group, ...text, describe: "The kubeconfig's cluster to use" },
  user: { group, ...text, describe: "The kubeconfig's user to use" },
  server: { group, alias: 's', ...text, describe: 'Address and port of the API server' },
  token: { group, ...text, describe: 'Bearer token' },
  as: { group, ...text, describe: 'User to impersonate' },
  'as-group': { group, ...text, array: true, describe: 'Group to impersonate; may be repeated' },
  'as-uid': { group, ...text, describe: 'UID to impersonate' },
  'certificate-authority': { group, ...text, describe: "File of the server's authority" },
  'client-certificate': { group, ...text, describe: 'File of the client certificate' },
  'client-key': { group, ...text, describe: 'File of its key' },
  'insecure-skip-tls-verify': { group, type: 'boolean', describe: 'Trust any server certificate' },
  'tls-server-name': { group, ...text, describe: "Name that the server's certificate must have" },
  'request-timeout': {
    group,
    ...text,
    describe:
      'Longest wait for one answer of the API server (1s, 2m; 0: for ever); not for checkpoints and transfers',
  },
} as const satisfies Record<string, Options>

export type ConnectionFlags = InferredOptionTypes<typeof connectionFlags>

/** @throws {UsageError} */
export function connectionOverrides(flags: ConnectionFlags): ConnectionOverrides {
  const requestTimeout = flags['request-timeout']
  return {
    context: flags.context,
    cluster: flags.cluster,
    user: flags.user,
    namespace: flags.namespace,
    server: flags.server,
    certificateAuthority: flags['certificate-authority'],
    insecureSkipTlsVerify: flags['insecure-skip-tls-verify'],
    tlsServerName: flags['tls-server-name'],
    token: flags.token,
    clientCertificate: flags['client-certificate'],
    clientKey: flags['client-key'],
    as: flags.as,
    asUid: flags['as-uid'],
    asGroups: flags['as-group'],
    requestTimeoutMs:
      requestTimeout === undefined ? undefined : parseMilliseconds('request-timeout', requestTimeout),
  }
}
