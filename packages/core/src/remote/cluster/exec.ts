import type { IncomingMessage } from 'node:http'
import { WebSocket } from 'ws'
import { untilAborted } from '../../until-aborted.ts'
import { apiPath } from './api-path.ts'
import type { ExecRequest, ExecSession } from './connection.ts'
import { ClusterError, type ClusterErrorCode } from './errors.ts'
import { execProtocols } from './exec-protocol.ts'
import { type KeepAlive, startExecSession } from './exec-session.ts'
import type { Credentials } from './identity.ts'
import { connectionLoss } from './network-error.ts'
import { type Endpoint, openSocket } from './open-socket.ts'
import { requestHeaders } from './request-headers.ts'
import { findStatus } from './status.ts'

export interface ExecOptions {
  /** Sent with the handshake. */
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly keepAlive?: KeepAlive
}

const defaultKeepAlive: KeepAlive = { pingEveryMs: 15_000, deadAfterMs: 45_000 }
// The API server asks the kubelet, which asks the runtime, before it answers.
const handshakeTimeoutMs = 60_000
const maxMessageLength = 4 * 1024 * 1024
const maxRefusalLength = 64 * 1024

/** Starts a command in a container; see `Connection.exec`. */
export async function openExec(
  endpoint: Endpoint,
  credentials: Credentials,
  request: ExecRequest,
  options: ExecOptions,
): Promise<ExecSession> {
  const { signal } = request
  const label = `exec in ${request.namespace}/${request.pod}/${request.container}`
  try {
    const identity = await untilAborted(credentials.read(), signal)
    const tcp = await openSocket(endpoint, identity.certificate, signal)
    const socket = new WebSocket(execUrl(endpoint.url, request), execProtocols, {
      createConnection: () => tcp,
      headers: requestHeaders(endpoint.url, identity, options.headers),
      handshakeTimeout: handshakeTimeoutMs,
      maxPayload: maxMessageLength,
      perMessageDeflate: false,
    })
    const session = startExecSession(socket, label, options.keepAlive ?? defaultKeepAlive)
    const abort = () => session.stdio.destroy(signal?.reason)
    signal?.addEventListener('abort', abort)
    if (signal?.aborted) abort()
    session.stdio.once('close', () => signal?.removeEventListener('abort', abort))
    await untilAborted(opened(socket, label), signal)
    return session
  } catch (error) {
    signal?.throwIfAborted()
    throw connectionLoss(endpoint.url.origin, error)
  }
}

function execUrl(base: URL, { namespace, pod, container, command }: ExecRequest): URL {
  const url = new URL(base)
  url.protocol = base.protocol === 'http:' ? 'ws:' : 'wss:'
  url.pathname = base.pathname.replace(/\/$/, '') + apiPath`/api/v1/namespaces/${namespace}/pods/${pod}/exec`
  const query = new URLSearchParams({ container, stdin: 'true', stdout: 'true', stderr: 'true' })
  for (const word of command) query.append('command', word)
  url.search = `${query}`
  return url
}

function opened(socket: WebSocket, label: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  socket.once('open', resolve)
  socket.once('error', reject)
  socket.once('unexpected-response', (request, response) => {
    refusal(response, label)
      .then(reject, reject)
      .finally(() => request.destroy())
  })
  return promise
}

/** The server's own words, which stand in the body of its answer. */
async function refusal(response: IncomingMessage, label: string): Promise<ClusterError> {
  const body = await readStart(response)
  const words = findStatus(body)?.message || body.trim().slice(0, 300) || response.statusMessage
  const { code, hint } = refusals[response.statusCode ?? 0] ?? { code: 'EXEC_REFUSED' }
  return new ClusterError(code, `${label}: ${response.statusCode} ${words}`, hint ? { hint } : {})
}

const refusals: Readonly<Record<number, { readonly code: ClusterErrorCode; readonly hint?: string }>> = {
  401: {
    code: 'UNAUTHORIZED',
    hint: 'Log in again, or check the user of your context with kubectl auth whoami.',
  },
  403: { code: 'FORBIDDEN', hint: 'This needs the permission to create pods/exec in that namespace.' },
  404: { code: 'OBJECT_NOT_FOUND' },
}

async function readStart(response: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    chunks.push(chunk)
    length += chunk.length
    if (length > maxRefusalLength) break
  }
  return Buffer.concat(chunks).toString()
}
