import type { CriuLog } from './criu-log.ts'

/** A connected TCP socket of the dumped network namespace: its own end only, CRIU doesn't log the other. */
interface TcpSocket {
  readonly inode: number
  /** `127.0.0.1:37578`, `[fd00::5]:5432`. */
  readonly address: string
  /** `TCP_ESTABLISHED`, `TCP_CLOSE_WAIT`, … */
  readonly state: string
}

export interface TcpConnections {
  /** In the order of the log. */
  readonly sockets: readonly TcpSocket[]
  /** The one at which CRIU gave up. */
  readonly refused: TcpSocket | undefined
}

/** `inet: \tCollected: ino  0x187b5 family AF_INET    type SOCK_STREAM    port    37578 state … src_addr 127.0.0.1` */
const collected =
  /inet: \tCollected: ino +0x([0-9a-f]+) family (AF_INET6?) +type SOCK_STREAM +port +(\d+) state (TCP_\w+) +src_addr (\S+)/

const searched = /sockets: Searching for socket 0x([0-9a-f]+) family/

/** Neither of these stands for a peer that would miss the connection. */
const unconnected = new Set(['TCP_LISTEN', 'TCP_CLOSE'])

/** Finds the connections among the sockets that CRIU lists before it dumps any. @see criu/sk-inet.c show_one_inet */
export function findTcpConnections(log: CriuLog): TcpConnections {
  const sockets: TcpSocket[] = []
  for (const line of log.lines) {
    const [, inode, family, port, state, address] = collected.exec(line) ?? []
    if (inode === undefined || state === undefined || unconnected.has(state)) continue
    const host = family === 'AF_INET6' ? `[${address}]` : address
    sockets.push({ inode: Number.parseInt(inode, 16), address: `${host}:${port}`, state })
  }
  const refusal = log.lines.findIndex((line) => line.includes('Connected TCP socket'))
  const search = log.lines.slice(0, Math.max(refusal, 0)).findLast((line) => searched.test(line))
  const inode = Number.parseInt(searched.exec(search ?? '')?.[1] ?? '', 16)
  return { sockets, refused: sockets.find((socket) => socket.inode === inode) }
}

const shown = 5

/** Says how many connections there are, and which. */
export function describeTcpConnections(log: CriuLog): string {
  const { sockets, refused } = findTcpConnections(log)
  if (sockets.length === 0) return 'The log does not say which.'
  const addresses = sockets.slice(0, shown).map((socket) => socket.address)
  const more = sockets.length > shown ? ` and ${sockets.length - shown} more` : ''
  const count = sockets.length === 1 ? '1 connected socket' : `${sockets.length} connected sockets`
  const stopped = refused ? ` CRIU stopped at ${refused.address}.` : ''
  return `The pod has ${count}, with these ends of its own: ${addresses.join(', ')}${more}.${stopped}`
}
