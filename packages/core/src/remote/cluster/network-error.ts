import type { ConnectHints } from './connection.ts'
import { ClusterError } from './errors.ts'

/** OpenSSL's and Node.js's codes for a certificate that doesn't prove who the server is. */
const untrusted =
  /^(UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|CERT_|HOSTNAME_MISMATCH|INVALID_CA|ERR_TLS_CERT_ALTNAME_)/

const explanations: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name cannot be looked up',
  ECONNRESET: 'the connection was cut',
  EHOSTUNREACH: 'no route to that host',
  ENETUNREACH: 'no route to that network',
  ETIMEDOUT: 'no answer',
}

const apiServerHints: ConnectHints = {
  unreachable: 'Check that the cluster is up, the address in your kubeconfig, VPN and proxy.',
  untrusted: 'Name the authority that signed it with --certificate-authority.',
  expired: 'Renew the certificate of the server; --insecure-skip-tls-verify does without until then.',
  otherName: 'Name the host that the certificate was made for with --tls-server-name.',
}

/** Why there is no connection to `origin`. */
export function connectFailure(origin: string, cause: unknown, hints = apiServerHints): ClusterError {
  // Node.js tries all addresses of a name and collects what went wrong with each.
  const error = cause instanceof AggregateError && cause.errors.length > 0 ? cause.errors[0] : cause
  const { name, message } = error as Error
  // Of a timeout that isn't the request's own: connecting took too long.
  const code = name === 'TimeoutError' ? 'ETIMEDOUT' : `${(error as NodeJS.ErrnoException).code}`
  if (untrusted.test(code)) {
    return new ClusterError('TLS_UNTRUSTED', `${origin} does not prove its identity: ${message} (${code})`, {
      hint: untrustedHint(code, hints),
      cause,
    })
  }
  return new ClusterError('UNREACHABLE', `${origin} cannot be reached: ${explanations[code] ?? message}`, {
    hint: hints.unreachable,
    cause,
  })
}

/** What broke an exchange with `origin` once connected; an error that says so already stays as it is. */
export function connectionLoss(origin: string, cause: unknown): ClusterError {
  if (cause instanceof ClusterError) return cause
  const { code, message } = cause as NodeJS.ErrnoException
  return new ClusterError(
    'CONNECTION_LOST',
    `${origin} gave no complete answer: ${explanations[`${code}`] ?? message}`,
    {
      hint: 'The request may have arrived all the same: look at what it was to change before you repeat it.',
      cause,
    },
  )
}

function untrustedHint(code: string, { untrusted, expired, otherName }: ConnectHints): string {
  if (code === 'CERT_HAS_EXPIRED') return expired
  if (code === 'CERT_NOT_YET_VALID') return 'Compare the clocks of this machine and of the server.'
  return code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? otherName : untrusted
}
