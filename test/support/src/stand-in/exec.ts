import { PassThrough, type Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { WebSocket } from 'ws'
import type { Faults } from './faults.ts'
import { Throttle } from './throttle.ts'

const channel = { stdin: 0, stdout: 1, stderr: 2, status: 3, close: 255 } as const
/** As much as a kubelet reads from a container at a time. */
const chunkLength = 32 * 1024

/** A program in a container: reads stdin, writes stdout, returns its exit code. */
export type Program = (stdin: Readable, write: (bytes: Uint8Array) => Promise<void>) => Promise<number>

export interface ExecSurroundings {
  readonly faults: Faults
  /** What all connections share. */
  readonly wire: Throttle
  readonly killed: AbortSignal
}

/**
 * Speaks v5.channel.k8s.io, or v4, with a client: a message's first byte is its channel. Ends with the program's
 * exit code; with 137, as of a killed one, when `killed` aborts.
 */
export async function serveExec(
  socket: WebSocket,
  program: Program,
  { faults, wire, killed }: ExecSurroundings,
): Promise<void> {
  const stdin = new PassThrough()
  socket.on('message', (message) => {
    const bytes = message as Buffer
    if (bytes[0] === channel.stdin) stdin.write(bytes.subarray(1))
    // Only v5 can say that a channel ends.
    if (bytes[0] === channel.close && bytes[1] === channel.stdin) stdin.end()
  })
  const gone = new Promise<never>((_, reject) => {
    socket.on('close', () => reject(new Error('the client is gone')))
  })
  gone.catch(() => {}) // Whoever waits for it sees it; it may also come when nobody does.
  const send = async (to: number, bytes: Uint8Array) => {
    const flushed = Promise.withResolvers<void>()
    socket.send(Buffer.concat([Buffer.of(to), bytes]), (error) =>
      error ? flushed.reject(error) : flushed.resolve(),
    )
    await flushed.promise
  }
  const own = new Throttle()
  let written = 0
  const write = async (bytes: Uint8Array) => {
    for (let offset = 0; offset < bytes.byteLength; ) {
      const cut = faults.cutExec?.times ? faults.cutExec : undefined
      const left = cut ? Math.max(0, cut.afterBytes - written) : Number.POSITIVE_INFINITY
      const chunk = bytes.subarray(offset, offset + Math.min(chunkLength, left))
      if (faults.delayMs) await sleep(faults.delayMs)
      await wire.pass(chunk.byteLength, faults.bytesPerSecond?.inAll)
      await own.pass(chunk.byteLength, faults.bytesPerSecond?.perConnection)
      await send(channel.stdout, chunk)
      offset += chunk.byteLength
      written += chunk.byteLength
      if (cut && written >= cut.afterBytes) {
        cut.times -= 1
        socket.terminate()
        await gone
      }
    }
  }
  const kill = new Promise<number>((resolve) => {
    killed.addEventListener('abort', () => resolve(137), { once: true })
  })
  try {
    // The real one begins with an empty message, which tells the client that it is connected.
    await send(channel.stdout, new Uint8Array())
    const exitCode = await Promise.race([program(stdin, write), kill, gone])
    await send(channel.status, Buffer.from(JSON.stringify(exitStatus(exitCode))))
    socket.close(1000)
  } catch (error) {
    if (socket.readyState === socket.OPEN) throw error
  } finally {
    stdin.destroy()
  }
}

const exitStatus = (exitCode: number): object =>
  exitCode === 0
    ? { metadata: {}, status: 'Success' }
    : {
        metadata: {},
        status: 'Failure',
        message: `command terminated with non-zero exit code: command terminated with exit code ${exitCode}`,
        reason: 'NonZeroExitCode',
        details: { causes: [{ reason: 'ExitCode', message: String(exitCode) }] },
      }
