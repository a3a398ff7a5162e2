import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { connect, createServer, type Socket } from 'node:net'
import { listen, pki, type TestServer } from './server.ts'

export interface TestProxy extends TestServer {
  /** What it was asked to connect to: `stand-in.test:443`. */
  readonly targets: string[]
}

/** Takes CONNECT for any host, and always connects to `port` of this machine. */
export async function startConnectProxy(
  port: number,
  { authorization, tls = false }: { readonly authorization?: string; readonly tls?: boolean } = {},
): Promise<TestProxy> {
  const targets: string[] = []
  const server = (tls ? createHttpsServer(pki.server) : createHttpServer()).on(
    'connect',
    (request, socket: Socket) => {
      targets.push(request.url ?? '')
      if (authorization && request.headers['proxy-authorization'] !== authorization) {
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
        return
      }
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      join(socket, port)
    },
  )
  return { ...(await listen(server, tls ? 'https' : 'http')), targets }
}

/** SOCKS5 without authentication, for names only; always connects to `port` of this machine. @see RFC 1928 */
export async function startSocksProxy(port: number): Promise<TestProxy> {
  const targets: string[] = []
  const server = createServer((socket) => {
    socket.once('data', () => {
      socket.write(Uint8Array.of(5, 0))
      socket.once('data', (request) => {
        const length = request[4] ?? 0
        const name = request.subarray(5, 5 + length).toString()
        targets.push(`${name}:${request.readUInt16BE(5 + length)}`)
        socket.write(Uint8Array.of(5, 0, 0, 1, 127, 0, 0, 1, 0, 0))
        join(socket, port)
      })
    })
  })
  return { ...(await listen(server, 'socks5')), targets }
}

function join(socket: Socket, port: number): void {
  const target = connect(port, '127.0.0.1')
  socket.pipe(target).pipe(socket)
  socket.on('error', () => target.destroy())
  target.on('error', () => socket.destroy())
}
