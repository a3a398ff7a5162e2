import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer, type ServerOptions } from 'node:https'
import type { AddressInfo, Server, Socket } from 'node:net'

const pem = (name: string): string =>
  readFileSync(new URL(`../../../../../../test/support/pki/${name}`, import.meta.url), 'utf8')

/** Made for 127.0.0.1, localhost and stand-in.test. */
export const pki = {
  ca: pem('ca.crt'),
  server: { cert: pem('server.crt'), key: pem('server.key') },
  client: { cert: pem('client.crt'), key: pem('client.key') },
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void

export interface TestServer extends AsyncDisposable {
  readonly port: number
  readonly url: URL
  /** Of the whole life of the server. */
  connections(): number
  readonly server: Server
}

export const startHttps = (answer: Answer, options: ServerOptions = {}): Promise<TestServer> =>
  listen(createServer({ ...pki.server, ...options }, answer), 'https')

export const startHttp = (answer: Answer): Promise<TestServer> => listen(createHttpServer(answer), 'http')

export async function listen(server: Server, scheme = 'tcp'): Promise<TestServer> {
  const sockets = new Set<Socket>()
  let connections = 0
  server.on('connection', (socket: Socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('error', () => {})
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: new URL(`${scheme}://127.0.0.1:${port}`),
    connections: () => connections,
    server,
    async [Symbol.asyncDispose]() {
      server.close()
      for (const socket of sockets) socket.destroy()
      if (server.listening) await once(server, 'close')
    },
  }
}

export const json = (response: ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}

/** A port where nothing listens. */
export async function freePort(): Promise<number> {
  await using server = await startHttp(() => {})
  return server.port
}
