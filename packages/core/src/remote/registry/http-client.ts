import { Agent, type Dispatcher } from 'undici'
import { CheckpointError } from '../../errors.ts'
import { connectionLoss, findProxy, openSocket, parseProxy } from '../cluster/index.ts'
import { RegistryError } from './errors.ts'
import type { RegistryOptions } from './settings.ts'

export interface RegistryRequest {
  readonly method: 'DELETE' | 'GET' | 'HEAD' | 'PATCH' | 'POST' | 'PUT'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** Whether it is sent again if its connection breaks. Default: yes. */
  readonly isRepeatable?: boolean
  /** No answer may be longer. */
  readonly maxLength: number
  readonly signal?: AbortSignal | undefined
}

export interface RegistryAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Uint8Array
  /** Where it came from, after redirections. */
  readonly url: URL
}

/** Sends requests; disposing of it cuts its connections. */
export interface HttpClient extends AsyncDisposable {
  /**
   * Sends a request, again if its connection breaks and it can be repeated, and follows redirections of what only reads:
   * without the `authorization` where they lead to another server. An answer of whatever status: the caller
   * decides what a 404 means. All of it where a range was asked for is not read.
   * @throws {ClusterError} UNREACHABLE; TLS_UNTRUSTED; CONNECTION_LOST.
   * @throws {RegistryError} REGISTRY_FAILED; RANGE_UNSUPPORTED.
   */
  send(request: RegistryRequest): Promise<RegistryAnswer>
}

const maxRedirections = 5
/** What follows redirections: a body may have secrets in it. */
const readingMethods: ReadonlySet<RegistryRequest['method']> = new Set(['GET', 'HEAD'])
/** Waits before the next try, in milliseconds; after the last one the failure stands. */
const patienceMs = [200, 1000, 3000]
const hints = {
  unreachable:
    'Check the name of the registry, VPN and proxy. One without TLS is asked on this machine, or if --plain-http names it.',
  untrusted: 'Let this machine trust the authority that signed the certificate of the registry.',
  expired: 'The certificate of the registry has to be renewed.',
  otherName: 'Name the registry as its certificate does.',
}

export function openHttpClient(options: RegistryOptions): HttpClient {
  const { clock } = options
  const own = options.dispatcher ? undefined : openAgent(options)
  const dispatcher = options.dispatcher ?? own?.agent
  const exchange = async (request: RegistryRequest): Promise<RegistryAnswer> => {
    const { url, method, headers, body, signal } = request
    try {
      const answer = await (dispatcher as Dispatcher).request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method,
        headers: { 'user-agent': 'kubectl-checkpoint', ...headers },
        body: body ?? null,
        signal: signal ?? null,
      })
      if (answer.statusCode === 200 && headers.range !== undefined) {
        // Gigabytes may follow. That they were cut is no news.
        answer.body.on('error', () => {}).destroy()
        throw rangeUnsupported(url)
      }
      const read = await readBody(answer.body, request)
      return { status: answer.statusCode, headers: answer.headers, body: read, url }
    } catch (error) {
      signal?.throwIfAborted()
      throw error instanceof CheckpointError ? error : connectionLoss(url.origin, error)
    }
  }
  const persist = async (request: RegistryRequest): Promise<RegistryAnswer> => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await exchange(request)
      } catch (error) {
        const wait = patienceMs[tries]
        const isLost = error instanceof CheckpointError && error.code === 'CONNECTION_LOST'
        if (!isLost || wait === undefined || request.isRepeatable === false) throw error
        await clock.sleep(wait, request.signal)
      }
    }
  }
  return {
    async send(request) {
      let { url, headers } = request
      for (let redirections = 0; redirections <= maxRedirections; redirections += 1) {
        const answer = await persist({ ...request, url, headers })
        const { location } = answer.headers
        const isElsewhere = [301, 302, 303, 307, 308].includes(answer.status) && typeof location === 'string'
        if (!isElsewhere || !readingMethods.has(request.method)) return answer
        const next = resolveRedirection(url, location, options)
        if (next.origin !== url.origin) headers = withoutAuthorization(headers)
        url = next
      }
      throw new RegistryError('REGISTRY_FAILED', `${request.url.origin} redirects again and again`)
    },
    async [Symbol.asyncDispose]() {
      own?.closing.abort()
      await own?.agent.destroy()
    },
  }
}

const rangeUnsupported = ({ host }: URL): RegistryError =>
  new RegistryError('RANGE_UNSUPPORTED', `${host} gives blobs only as a whole`, {
    hint: 'Copy the image here and name the copy: skopeo copy docker://IMAGE oci-archive:FILE',
  })

function withoutAuthorization(headers: RegistryRequest['headers']): RegistryRequest['headers'] {
  const { authorization: _, ...rest } = headers
  return rest
}

function resolveRedirection(from: URL, location: string, options: RegistryOptions): URL {
  const url = URL.canParse(location, from.href) ? new URL(location, from) : undefined
  if (url && (url.protocol === 'https:' || (url.protocol === 'http:' && isPlain(url.host, options))))
    return url
  throw new RegistryError(
    'REGISTRY_FAILED',
    `${from.origin} redirects to where nothing may be asked without TLS`,
  )
}

/** Whether a registry is asked without TLS: on this machine, or where the user says so. */
export const isPlain = (host: string, { plainHttp = [] }: RegistryOptions): boolean =>
  /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host) || plainHttp.includes(host)

async function readBody(
  body: Dispatcher.ResponseData['body'],
  { url, maxLength }: RegistryRequest,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    length += chunk.length
    if (length > maxLength) {
      throw new RegistryError('REGISTRY_FAILED', `${url.origin} answers with more than ${maxLength} bytes`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function openAgent({ env }: RegistryOptions): { agent: Agent; closing: AbortController } {
  const closing = new AbortController()
  const agent = new Agent({
    allowH2: false,
    connect({ protocol, hostname, port }, done) {
      const url = new URL(`${protocol}//${hostname}${port ? `:${port}` : ''}`)
      const setting = findProxy(url, env)
      openSocket({ url, proxy: setting && parseProxy(setting), hints }, undefined, closing.signal).then(
        (socket) => done(null, socket),
        (error: Error) => done(error, null),
      )
    },
  })
  return { agent, closing }
}
