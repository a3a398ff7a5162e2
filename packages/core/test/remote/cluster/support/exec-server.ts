import type { IncomingMessage } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { pki, startHttps, type TestServer } from './server.ts'

export interface ExecServer extends TestServer {
  /** The next handshake's request and its WebSocket. */
  next(): Promise<{ readonly socket: WebSocket; readonly request: IncomingMessage }>
}

/** Accepts every WebSocket, with the first of `protocols` that is offered. */
export async function startExecServer(protocols = ['v5.channel.k8s.io']): Promise<ExecServer> {
  const https = await startHttps(() => {}, { ca: pki.ca, requestCert: true, rejectUnauthorized: false })
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => protocols.find((protocol) => offered.has(protocol)) ?? false,
  })
  https.server.on('upgrade', (request, tcp, head) => {
    sockets.handleUpgrade(request, tcp, head, (socket) => {
      socket.on('error', () => {})
      sockets.emit('connection', socket, request)
    })
  })
  return {
    ...https,
    next: () =>
      new Promise((resolve) => {
        sockets.once('connection', (socket, request) => resolve({ socket, request }))
      }),
  }
}

/** Answers every handshake with this and no WebSocket. */
export async function startRefusingServer(status: number, body: string): Promise<TestServer> {
  const https = await startHttps(() => {})
  https.server.on('upgrade', (_request, tcp) => {
    tcp.end(`HTTP/1.1 ${status} Refused\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  })
  return https
}

/** A message: the channel's byte and its data. */
export const message = (channel: number, data: string | Uint8Array): Uint8Array =>
  Buffer.concat([Uint8Array.of(channel), Buffer.from(data as string)])

export const success = message(3, '{"metadata":{},"status":"Success"}')

export const exitCode = (code: number): Uint8Array =>
  message(
    3,
    JSON.stringify({
      status: 'Failure',
      message: `command terminated with non-zero exit code: exit status ${code}`,
      reason: 'NonZeroExitCode',
      details: { causes: [{ reason: 'ExitCode', message: `${code}` }] },
    }),
  )
