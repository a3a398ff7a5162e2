import { once } from 'node:events'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { type RequestOptions, request as requestHttps } from 'node:https'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { SocksClient } from 'socks'
import type { ConnectHints } from './connection.ts'
import { hostOf, portOf } from './find-proxy.ts'
import type { ClientCertificate } from './identity.ts'
import { connectFailure } from './network-error.ts'

/** A server and how to know that it is the right one. */
export interface Endpoint {
  /** `https://10.0.0.1:6443/k8s/clusters/c-1`: requests' paths follow the URL's own. */
  readonly url: URL
  /** PEM. Without it, the machine's own authorities count. */
  readonly certificateAuthority?: string | undefined
  readonly skipVerify?: boolean | undefined
  /** The name that the certificate must have, where it isn't the host of the URL. */
  readonly serverName?: string | undefined
  /** `http:`, `https:`, `socks5:`; user and password in it are used. */
  readonly proxy?: URL | undefined
  /** Default: those for an API server. */
  readonly hints?: ConnectHints | undefined
}

// kubectl's patience.
const connectTimeoutMs = 30_000
const keepAliveInitialDelayMs = 30_000

/**
 * Connects to `endpoint`, through its proxy and with TLS where it says so.
 * @throws {ClusterError} UNREACHABLE; TLS_UNTRUSTED.
 */
export async function openSocket(
  endpoint: Endpoint,
  certificate?: ClientCertificate,
  signal?: AbortSignal,
): Promise<Socket> {
  const timeout = AbortSignal.timeout(connectTimeoutMs)
  const ends = signal ? AbortSignal.any([signal, timeout]) : timeout
  try {
    const { url, proxy } = endpoint
    const tcp = await (proxy ? openTunnel(proxy, endpoint, ends) : openTcp(url, ends))
    return url.protocol === 'http:' ? tcp : await openTls(endpoint, tcp, certificate, ends)
  } catch (error) {
    signal?.throwIfAborted()
    // Rather than what the timeout has broken.
    throw connectFailure(endpoint.url.origin, timeout.aborted ? timeout.reason : error, endpoint.hints)
  }
}

function openTls(
  endpoint: Endpoint,
  tcp: Socket,
  certificate: ClientCertificate | undefined,
  signal: AbortSignal,
): Promise<Socket> {
  const serverName = endpoint.serverName || hostOf(endpoint.url)
  const socket = connectTls({
    socket: tcp,
    host: serverName,
    // SNI carries names only.
    servername: isIP(serverName) ? '' : serverName,
    secureContext: secureContextOf(endpoint, certificate),
    rejectUnauthorized: !endpoint.skipVerify,
    ALPNProtocols: ['http/1.1'],
  })
  return opened(socket, 'secureConnect', signal)
}

interface PresentedContext {
  readonly certificate: ClientCertificate | undefined
  readonly context: SecureContext
}

const contexts = new WeakMap<Endpoint, PresentedContext>()

/** Parsed once for all connections: to parse authorities takes as long as a handshake. */
function secureContextOf(endpoint: Endpoint, certificate: ClientCertificate | undefined): SecureContext {
  const known = contexts.get(endpoint)
  if (known && known.certificate === certificate) return known.context
  const ca = endpoint.certificateAuthority ?? machineAuthorities()
  const context = createSecureContext({ ca, ...certificate })
  contexts.set(endpoint, { certificate, context })
  return context
}

const openTcp = (url: URL, signal: AbortSignal): Promise<Socket> =>
  opened(connectTcp({ host: hostOf(url), port: portOf(url) }), 'connect', signal)

async function opened(socket: Socket, event: string, signal: AbortSignal): Promise<Socket> {
  // A socket given up may fail once more, when nobody listens any longer.
  socket.on('error', () => {})
  try {
    await once(socket, event, { signal })
    socket.setNoDelay(true).setKeepAlive(true, keepAliveInitialDelayMs)
    return socket
  } catch (error) {
    socket.destroy()
    throw error
  }
}

/** kubectl asks the operating system; Node.js alone knows only the authorities it came with. */
const machineAuthorities = (): string[] => [...getCACertificates('default'), ...getCACertificates('system')]

const openTunnel = (proxy: URL, endpoint: Endpoint, signal: AbortSignal): Promise<Socket> =>
  /^https?:$/.test(proxy.protocol)
    ? openHttpTunnel(proxy, endpoint, signal)
    : openSocksTunnel(proxy, endpoint.url, signal)

async function openHttpTunnel(
  proxy: URL,
  { url: target, certificateAuthority }: Endpoint,
  signal: AbortSignal,
): Promise<Socket> {
  const authority = `${target.hostname}:${portOf(target)}`
  const options: RequestOptions = {
    host: hostOf(proxy),
    port: portOf(proxy),
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...proxyAuthorization(proxy) },
    agent: false,
    signal,
  }
  const request = (
    proxy.protocol === 'http:'
      ? requestHttp(options)
      : // Where the cluster has an authority, kubectl trusts it for the proxy, too.
        requestHttps({
          ...options,
          ca: [...machineAuthorities(), ...(certificateAuthority ? [certificateAuthority] : [])],
        })
  ).end()
  const [answer, socket] = (await once(request, 'connect')) as [IncomingMessage, Socket]
  if (answer.statusCode === 200) return socket
  socket.destroy()
  throw new Error(`the proxy ${proxy.host} answers ${answer.statusCode} ${answer.statusMessage}`)
}

async function openSocksTunnel(proxy: URL, target: URL, signal: AbortSignal): Promise<Socket> {
  const socket = await openTcp(proxy, signal)
  const cut = () => socket.destroy()
  signal.addEventListener('abort', cut)
  try {
    const [host, port] = [hostOf(proxy), portOf(proxy)]
    const [userId, password] = [decodeURIComponent(proxy.username), decodeURIComponent(proxy.password)]
    await SocksClient.createConnection({
      command: 'connect',
      existing_socket: socket,
      proxy: { host, port, type: 5, ...(userId ? { userId, password } : {}) },
      destination: { host: hostOf(target), port: portOf(target) },
    })
    return socket
  } finally {
    signal.removeEventListener('abort', cut)
  }
}

function proxyAuthorization({ username, password }: URL): Record<string, string> {
  if (!username) return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
}
