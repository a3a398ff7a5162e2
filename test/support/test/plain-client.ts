import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { text } from 'node:stream/consumers'
import { WebSocket } from 'ws'
import { pem } from '../src/stand-in/http-server.ts'

export interface PlainAnswer {
  readonly status: number | undefined
  readonly contentType: string | undefined
  readonly body: string
}

export interface PlainOptions {
  readonly method?: string
  readonly body?: unknown
  /** Default: the stand-in's. */
  readonly headers?: Readonly<Record<string, string>>
  readonly clientCertificate?: boolean
  readonly signal?: AbortSignal
}

const bearer = { authorization: 'Bearer stand-in-token' }

/** Node's own HTTPS client: what a stand-in does must not depend on the client that it tests. */
export async function ask(url: string, options: PlainOptions = {}): Promise<PlainAnswer> {
  const { method = 'GET', body, headers = bearer, clientCertificate, signal } = options
  const certificate = clientCertificate && { cert: pem('client.crt'), key: pem('client.key') }
  // A connection of its own, which ends with the answer.
  const agent = new Agent()
  const content = body === undefined ? '' : JSON.stringify(body)
  const sent = request(url, {
    method,
    headers: { ...headers, 'content-length': Buffer.byteLength(content) },
    agent,
    ca: pem('ca.crt'),
    ...certificate,
    ...(signal && { signal }),
  })
  sent.end(content)
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  return { status: answer.statusCode, contentType: answer.headers['content-type'], body: await text(answer) }
}

/** Collects what an exec connection sends, by channel, until it closes. */
export function openExec(url: string, protocols: readonly string[]) {
  const socket = new WebSocket(url.replace('https', 'wss'), [...protocols], {
    headers: bearer,
    ca: pem('ca.crt'),
  })
  const received = new Map<number, Buffer[]>()
  socket.on('message', (message) => {
    const bytes = message as Buffer
    const channel = bytes[0] ?? -1
    received.set(channel, [...(received.get(channel) ?? []), bytes.subarray(1)])
  })
  return {
    socket,
    channel: (number: number): Buffer => Buffer.concat(received.get(number) ?? []),
    send: (line: string) => socket.send(Buffer.concat([Buffer.of(0), Buffer.from(`${line}\n`)])),
    endInput: () => socket.send(Buffer.of(255, 0)),
    refusal: async (): Promise<PlainAnswer> => {
      const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage]
      return {
        status: answer.statusCode,
        contentType: answer.headers['content-type'],
        body: await text(answer),
      }
    },
    /** The close code: 1000, or 1006 for a connection that just ended. */
    closed: async (): Promise<number> => {
      const [code] = (await once(socket, 'close')) as [number]
      return code
    },
  }
}
