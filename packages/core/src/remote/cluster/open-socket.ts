import { once } from 'node:events'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, getCACertificates } from 'node:tls'
import { SocksClient } from 'socks'
import type { ClientCertificate } from './credentials.ts'
import { hostOf, portOf } from './find-proxy.ts'

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
}

// kubectl's patience.
const connectTimeoutMs = 30_000
const keepAliveInitialDelayMs = 30_000

/** Connects to `endpoint`, through its proxy and with TLS where it says so. What fails is Node.js's own error. */
export async function openSocket(
  endpoint: Endpoint,
  certificate?: ClientCertificate,
  signal?: AbortSignal,
): Promise<Socket> {
  const timeout = AbortSignal.timeout(connectTimeoutMs)
  const ends = signal ? AbortSignal.any([signal, timeout]) : timeout
  const { url, proxy } = endpoint
  const tcp = await (proxy ? openTunnel(proxy, url, ends) : openTcp(url, ends))
  if (url.protocol === 'http:') return tcp
  const serverName = endpoint.serverName || hostOf(url)
  const socket = connectTls({
    socket: tcp,
    host: serverName,
    // SNI carries names only.
    servername: isIP(serverName) ? '' : serverName,
    ca: endpoint.certificateAuthority ?? machineAuthorities(),
    rejectUnauthorized: !endpoint.skipVerify,
    ALPNProtocols: ['http/1.1'],
    ...certificate,
  })
  return await opened(socket, 'secureConnect', ends)
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
    signal.throwIfAborted()
    throw error
  }
}

/** kubectl asks the operating system; Node.js alone knows only the authorities it came with. */
const machineAuthorities = (): string[] => [...getCACertificates('default'), ...getCACertificates('system')]

async function openTunnel(proxy: URL, target: URL, signal: AbortSignal): Promise<Socket> {
  return /^https?:$/.test(proxy.protocol)
    ? openHttpTunnel(proxy, target, signal)
    : openSocksTunnel(proxy, target, signal)
}

async function openHttpTunnel(proxy: URL, target: URL, signal: AbortSignal): Promise<Socket> {
  const authority = `${target.hostname}:${portOf(target)}`
  const request = (proxy.protocol === 'http:' ? requestHttp : requestHttps)({
    host: hostOf(proxy),
    port: portOf(proxy),
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...proxyAuthorization(proxy) },
    agent: false,
    signal,
  }).end()
  const [answer, socket] = (await once(request, 'connect')) as [IncomingMessage, Socket]
  if (answer.statusCode === 200) return socket
  socket.destroy()
  throw new Error(`the proxy ${proxy.host} answers ${answer.statusCode} ${answer.statusMessage}`)
}

async function openSocksTunnel(proxy: URL, target: URL, signal: AbortSignal): Promise<Socket> {
  const { socket } = await SocksClient.createConnection({
    command: 'connect',
    proxy: {
      host: hostOf(proxy),
      port: Number(proxy.port || 1080),
      type: 5,
      ...(proxy.username ? { userId: decodeURIComponent(proxy.username) } : {}),
      ...(proxy.password ? { password: decodeURIComponent(proxy.password) } : {}),
    },
    destination: { host: hostOf(target), port: portOf(target) },
    timeout: connectTimeoutMs,
  })
  if (signal.aborted) socket.destroy()
  signal.throwIfAborted()
  return socket
}

function proxyAuthorization({ username, password }: URL): Record<string, string> {
  if (!username) return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
}
