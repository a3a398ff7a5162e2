import { EventEmitter, once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** A way to the API server that counts, and can break. */
export interface TcpProxy extends AsyncDisposable {
  /** To be used with `tls-server-name`: the API server's certificate doesn't know this address. */
  readonly server: string
  /** How many bytes went from the server to its clients so far. */
  readonly bytesDown: number
  /** Resolves as soon as so many bytes went to clients. */
  untilBytesDown(count: number): Promise<void>
  /** How often all connections were cut. */
  readonly cuts: number
}

export interface TcpProxyOptions {
  /** Every connection is cut each time so many bytes in all went to clients; in ascending order. */
  readonly cutAtBytes?: readonly number[]
  /** From the server to each client. Default: as fast as can be. */
  readonly bytesPerSecond?: number
}

/** Passes what comes to a port of this machine on to `server`. */
export async function openTcpProxy(
  server: string,
  { cutAtBytes = [], bytesPerSecond }: TcpProxyOptions = {},
): Promise<TcpProxy> {
  const { hostname, port } = new URL(server)
  const sockets = new Set<Socket>()
  let bytesDown = 0
  let cuts = 0
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  const counted = new EventEmitter()
  const count = (bytes: Buffer) => {
    bytesDown += bytes.length
    counted.emit('bytes')
    if (bytesDown >= (cutAtBytes[cuts] ?? Number.POSITIVE_INFINITY)) {
      cuts += 1
      cut()
    }
  }
  const listener = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.once('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
    client.pipe(upstream)
    pipeline(upstream, pace(bytesPerSecond, count), client).catch(() => {})
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return {
    server: `https://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    get bytesDown() {
      return bytesDown
    },
    async untilBytesDown(reached) {
      while (bytesDown < reached) await once(counted, 'bytes')
    },
    get cuts() {
      return cuts
    },
    async [Symbol.asyncDispose]() {
      listener.close()
      cut()
      await once(listener, 'close')
    },
  }
}

/** Passes bytes on no faster than at this rate, and tells of them. */
function pace(bytesPerSecond: number | undefined, count: (bytes: Buffer) => void) {
  return async function* (bytes: AsyncIterable<Buffer>) {
    for await (const chunk of bytes) {
      count(chunk)
      if (bytesPerSecond !== undefined) await sleep((chunk.length / bytesPerSecond) * 1000)
      yield chunk
    }
  }
}
