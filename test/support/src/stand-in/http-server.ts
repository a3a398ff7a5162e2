import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TLSSocket } from 'node:tls'
import { type Answer, Refusal } from './answers.ts'
import type { Faults } from './faults.ts'

export const pem = (name: 'ca.crt' | 'client.crt' | 'client.key' | 'server.crt' | 'server.key'): string =>
  readFileSync(new URL(`../../pki/${name}`, import.meta.url), 'utf8')

/** A request as it arrived, and what became of it. */
export interface LoggedRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** Undefined: neither token nor certificate was good. */
  readonly user: string | undefined
  /** Of the whole JSON body; undefined without one. */
  readonly body: unknown
  outcome: 'open' | 'answered' | 'aborted'
}

/** Answers, or returns undefined where it has taken the response over. */
export type Handler = (
  request: LoggedRequest,
  response: ServerResponse,
) => Answer | undefined | Promise<Answer | undefined>

/** Takes the socket over. @throws {Refusal} which is then sent as an ordinary answer. */
export type UpgradeHandler = (
  request: LoggedRequest,
  incoming: IncomingMessage,
  socket: Socket,
  head: Buffer,
) => void

export interface HttpServerOptions {
  readonly users: ReadonlyMap<string, string>
  readonly faults: Faults
  readonly onRequest: (request: LoggedRequest) => void
  readonly onConnection: (socket: Socket) => void
  readonly handle: Handler
  readonly onUpgrade?: UpgradeHandler
}

/** An HTTPS server on a free port of 127.0.0.1 that knows its users by bearer token or client certificate. */
export async function startHttpServer(options: HttpServerOptions): Promise<{ server: Server; port: number }> {
  const tls = { cert: pem('server.crt'), key: pem('server.key'), ca: pem('ca.crt') }
  const server = createServer({ ...tls, requestCert: true, rejectUnauthorized: false })
  const log = (incoming: IncomingMessage, body: unknown): LoggedRequest => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'https://stand-in')
    const user = findUser(incoming, options.users)
    const request = { method: incoming.method ?? '', path: pathname, query: searchParams, user, body }
    return { ...request, outcome: 'open' }
  }
  server.on('secureConnection', options.onConnection)
  server.on('request', async (incoming, response) => {
    const body = await text(incoming)
    const request = log(incoming, body === '' ? undefined : JSON.parse(body))
    response.on('close', () => {
      request.outcome = response.writableFinished ? 'answered' : 'aborted'
    })
    options.onRequest(request)
    const answer = await answerOf(options.handle, request, response)
    if (options.faults.delayMs) await sleep(options.faults.delayMs)
    if (answer) response.writeHead(answer.status, headersOf(answer)).end(answer.body)
  })
  server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    const request = log(incoming, undefined)
    options.onRequest(request)
    socket.on('error', () => {})
    try {
      if (options.onUpgrade) options.onUpgrade(request, incoming, socket, head)
      else socket.destroy()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      socket.end(rawAnswer(error.answer))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, port: (server.address() as AddressInfo).port }
}

function findUser(incoming: IncomingMessage, users: ReadonlyMap<string, string>): string | undefined {
  const [, token] = /^Bearer (.+)$/.exec(incoming.headers.authorization ?? '') ?? []
  if (token !== undefined) return users.get(token)
  const socket = incoming.socket as TLSSocket
  if (!socket.authorized) return undefined
  const { CN } = socket.getPeerCertificate().subject
  return Array.isArray(CN) ? CN[0] : CN
}

async function answerOf(handle: Handler, ...call: Parameters<Handler>): Promise<Answer | undefined> {
  try {
    return await handle(...call)
  } catch (error) {
    if (error instanceof Refusal) return error.answer
    throw error
  }
}

const headersOf = ({ contentType, retryAfterSeconds }: Answer) => ({
  'content-type': contentType,
  ...(retryAfterSeconds !== undefined && { 'retry-after': `${retryAfterSeconds}` }),
})

const rawAnswer = ({ status, contentType, body }: Answer): string =>
  [
    `HTTP/1.1 ${status} Refused`,
    `content-type: ${contentType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    body,
  ].join('\r\n')
