import { Agent, type Dispatcher } from 'undici'
import { untilAborted } from '../../until-aborted.ts'
import type { HttpAnswer, HttpRequest, HttpSender } from './connection.ts'
import { ClusterError } from './errors.ts'
import type { ClientCertificate, Credentials } from './identity.ts'
import { connectionLoss } from './network-error.ts'
import { type Endpoint, openSocket } from './open-socket.ts'
import { requestHeaders } from './request-headers.ts'
import { tellWhenSent } from './tell-when-sent.ts'

export interface HttpSenderOptions {
  /** Sent with each request. */
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly timeoutMs: number
  /** No answer may be longer. */
  readonly maxBodyLength?: number
}

// Lists of very large clusters come to some ten MiB.
const defaultMaxBodyLength = 256 * 1024 * 1024

/** Sends requests to `endpoint` over connections that are kept; disposing of it cuts them. */
export function openHttpSender(
  endpoint: Endpoint,
  credentials: Credentials,
  options: HttpSenderOptions,
): HttpSender & AsyncDisposable {
  const { origin } = endpoint.url
  const { maxBodyLength = defaultMaxBodyLength } = options
  const agents = agentPerCertificate(endpoint)

  async function exchange(request: HttpRequest, signal: AbortSignal | undefined): Promise<HttpAnswer> {
    const identity = await untilAborted(credentials.read(), signal)
    const agent = agents.get(identity.certificate)
    const dispatcher = request.onSent ? agent.compose(tellWhenSent(request.onSent)) : agent
    const answer = await dispatcher.request({
      origin,
      path: pathAndQuery(endpoint.url, request),
      method: request.method,
      headers: { ...requestHeaders(endpoint.url, identity, options.headers), ...contentHeaders(request) },
      body: request.body === undefined ? null : JSON.stringify(request.body),
      signal: signal ?? null,
    })
    const retryAfter = `${answer.headers['retry-after']}`
    return {
      ...(/^\d{1,9}$/.test(retryAfter) && { retryAfterSeconds: Number(retryAfter) }),
      status: answer.statusCode,
      contentType: `${answer.headers['content-type'] ?? ''}`.split(';', 1).join().trim().toLowerCase(),
      body: await readBody(answer.body, request.maxBodyLength ?? maxBodyLength),
    }
  }

  async function readBody(body: Dispatcher.ResponseData['body'], longest: number): Promise<string> {
    const chunks: Uint8Array[] = []
    let length = 0
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      length += chunk.length
      if (length > longest) {
        throw new ClusterError('API_FAILED', `${origin} answers with more than ${longest} bytes`)
      }
      chunks.push(chunk)
    }
    return Buffer.concat(chunks).toString()
  }

  return {
    origin,
    async send(request) {
      const timeoutMs = request.timeoutMs ?? options.timeoutMs
      const timeout = timeoutMs > 0 ? AbortSignal.timeout(timeoutMs) : undefined
      const signals = [request.signal, timeout].filter((signal) => signal !== undefined)
      try {
        return await exchange(request, signals.length > 0 ? AbortSignal.any(signals) : undefined)
      } catch (error) {
        request.signal?.throwIfAborted()
        if (timeout?.aborted) {
          throw new ClusterError('REQUEST_TIMED_OUT', `${origin} has not answered in ${timeoutMs / 1000} s`, {
            hint: 'Allow more time with --request-timeout.',
            cause: error,
          })
        }
        throw connectionLoss(origin, error)
      }
    },
    async [Symbol.asyncDispose]() {
      await agents.close()
    },
  }
}

/** A kept connection goes on with the certificate that opened it, so a new certificate needs new connections. */
function agentPerCertificate(endpoint: Endpoint) {
  const closing = new AbortController()
  let current: { readonly agent: Agent; readonly certificate: ClientCertificate | undefined } | undefined
  return {
    get(certificate: ClientCertificate | undefined): Agent {
      if (current?.certificate !== certificate) {
        void current?.agent.close()
        current = undefined
      }
      current ??= { agent: openAgent(endpoint, certificate, closing.signal), certificate }
      return current.agent
    },
    async close() {
      closing.abort()
      await current?.agent.destroy()
    },
  }
}

/** API servers count streams, not connections, but what stands before them may not take thousands from one client. */
const maxConnections = 256

/** Without any timeout of its own: a checkpoint may take many minutes before the first byte of the answer. */
const openAgent = (
  endpoint: Endpoint,
  certificate: ClientCertificate | undefined,
  signal: AbortSignal,
): Agent =>
  new Agent({
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
    connections: maxConnections,
    connect(_options, done) {
      openSocket(endpoint, certificate, signal).then(
        (socket) => done(null, socket),
        (error: Error) => done(error, null),
      )
    },
  })

function pathAndQuery(url: URL, { path, query = {} }: HttpRequest): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.append(name, value)
  return `${url.pathname.replace(/\/$/, '')}${path}${parameters.size > 0 ? `?${parameters}` : ''}`
}

const contentHeaders = ({ method, body }: HttpRequest): Record<string, string> => {
  if (body === undefined) return {}
  return { 'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' }
}
