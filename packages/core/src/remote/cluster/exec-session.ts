import { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import type { ExecSession, ExecStatus } from './connection.ts'
import { ClusterError } from './errors.ts'
import { channel, parseExecStatus, stdinEnd, stdinMessages } from './exec-protocol.ts'

export interface KeepAlive {
  readonly pingEveryMs: number
  /** A peer that has said nothing for so long, not even to a ping, is gone. */
  readonly deadAfterMs: number
}

const stderrTailLength = 64 * 1024

/**
 * The session on `socket`, from before it opens, so that no message is missed.
 * @param label Names the command in messages: `exec in shop/web-0/app`.
 */
export function startExecSession(socket: WebSocket, label: string, keepAlive: KeepAlive): ExecSession {
  const status = Promise.withResolvers<ExecStatus>()
  let stderr = Buffer.alloc(0)
  let ended = false

  const stdio = new Duplex({
    allowHalfOpen: false,
    read() {
      socket.resume()
    },
    write(bytes: Uint8Array, _encoding, done) {
      // What is written after the end goes nowhere, as in a pipe to `head`; the status tells.
      sendAll(socket, stdinMessages(bytes)).then(
        () => done(),
        (error: Error) => done(ended ? null : lost(`stdin cannot be sent: ${error.message}`, error)),
      )
    },
    final(done) {
      if (socket.protocol.startsWith('v5')) socket.send(stdinEnd, () => done())
      else done()
    },
    destroy(error, done) {
      status.reject(error ?? lost('was closed before the command ended'))
      stopPinging()
      socket.terminate()
      done(error)
    },
  })
  // The one who reads or awaits sees the error; nobody listening must not end the process.
  stdio.on('error', () => {})
  status.promise.catch(() => {})

  const lost = (how: string, cause?: unknown) => new ClusterError('EXEC_LOST', `${label}: ${how}`, { cause })
  const stopPinging = pingWhileOpen(socket, keepAlive, () => {
    const seconds = keepAlive.deadAfterMs / 1000
    stdio.destroy(lost(`the connection has been silent for ${seconds} s`))
  })

  function end(body: string) {
    try {
      status.resolve(parseExecStatus(body, label))
      ended = true
      stdio.push(null)
      socket.close()
    } catch (error) {
      stdio.destroy(error as Error)
    }
  }

  socket.on('message', (message: RawData) => {
    const bytes = message as Buffer
    const data = bytes.subarray(1)
    if (ended || data.length === 0) return
    if (bytes[0] === channel.stdout && !stdio.push(data)) socket.pause()
    if (bytes[0] === channel.stderr) stderr = Buffer.concat([stderr, data]).subarray(-stderrTailLength)
    if (bytes[0] === channel.status) end(data.toString())
  })
  socket.on('error', (error) => stdio.destroy(lost(`the connection broke: ${error.message}`, error)))
  socket.on('close', (code) => {
    stopPinging()
    if (!ended) stdio.destroy(lost(`the connection broke before the command ended (${code})`))
  })

  return {
    stdio,
    stderr: () => stderr.toString(),
    status: status.promise,
    async [Symbol.asyncDispose]() {
      stdio.destroy()
    },
  }
}

/** Each message waits until the one before has left, so that nothing piles up here. */
async function sendAll(socket: WebSocket, messages: Iterable<Uint8Array>): Promise<void> {
  for (const message of messages) {
    const sent = Promise.withResolvers<void>()
    socket.send(message, (error) => (error ? sent.reject(error) : sent.resolve()))
    await sent.promise
  }
}

/** Keeps proxies from cutting an idle connection, and notices a dead one. @returns what ends it. */
function pingWhileOpen(socket: WebSocket, keepAlive: KeepAlive, onDead: () => void): () => void {
  let heardAt = performance.now()
  const hear = () => {
    heardAt = performance.now()
  }
  for (const event of ['open', 'message', 'pong', 'ping']) socket.on(event, hear)
  let timer: NodeJS.Timeout | undefined
  socket.once('open', () => {
    timer = setInterval(() => {
      // A paused socket delivers nothing, so its silence says nothing.
      if (socket.isPaused) hear()
      if (performance.now() - heardAt > keepAlive.deadAfterMs) onDead()
      else if (socket.readyState === socket.OPEN) socket.ping()
    }, keepAlive.pingEveryMs)
  })
  return () => clearInterval(timer)
}
