import type {
  inet_sk_entry,
  netlink_sk_entry,
  packet_sock_entry,
  unix_sk_entry,
} from '../messages/sockets.ts'
import { formatIpAddress, type Message } from '../schema/index.ts'
import { buildSocketOptions, type SocketOptions } from './socket-options.ts'

/** A socket, with what is its family's own. */
export type SocketFile = { readonly kind: 'socket' } & (
  | InetSocket
  | UnixSocket
  | NetlinkSocket
  | PacketSocket
)

interface SocketCommon {
  readonly options: SocketOptions
}

export interface InetSocket extends SocketCommon {
  readonly family: 'inet' | 'inet6'
  readonly type: SocketType
  /** IANA's number of the protocol. */
  readonly protocol: number
  readonly inode: number
  readonly state: SocketState
  readonly local: Endpoint
  readonly remote: Endpoint
  /** How many connections may wait for accept(2). */
  readonly backlog: number
}

export interface Endpoint {
  /** The unspecified address where it isn't bound or connected. */
  readonly address: string
  readonly port: number
}

export interface UnixSocket extends SocketCommon {
  readonly family: 'unix'
  readonly type: SocketType
  readonly inode: number
  readonly state: SocketState
  /** Empty if it has none; abstract names begin with `@`, which also stands for every NUL in them. */
  readonly path: string
  /** 0 if there is none. */
  readonly peerInode: number
  readonly backlog: number
}

export interface NetlinkSocket extends SocketCommon {
  readonly family: 'netlink'
  readonly protocol: number
  readonly inode: number
  readonly portId: number
}

/** CRIU doesn't write down its inode. */
export interface PacketSocket extends SocketCommon {
  readonly family: 'packet'
  readonly type: SocketType
  /** An Ethernet protocol: 0x0003 for all of them. */
  readonly protocol: number
  /** 0 for all. */
  readonly interfaceIndex: number
}

export type SocketType = 'stream' | 'dgram' | 'raw' | 'seqpacket' | 'packet' | 'unknown'

const types: Readonly<Record<number, SocketType>> = {
  1: 'stream',
  2: 'dgram',
  3: 'raw',
  5: 'seqpacket',
  10: 'packet',
}

/** In order of the kernel's numbers, from 1 on. */
const states = [
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
] as const

export type SocketState = (typeof states)[number] | 'UNKNOWN'

const inet6 = 10

export function buildInetSocket(socket: Message<typeof inet_sk_entry>): SocketFile {
  const unspecified = socket.family === inet6 ? '::' : '0.0.0.0'
  const endpoint = (words: readonly number[], port: number): Endpoint => ({
    address: formatIpAddress(words) ?? unspecified,
    port,
  })
  return {
    kind: 'socket',
    family: socket.family === inet6 ? 'inet6' : 'inet',
    type: types[socket.type] ?? 'unknown',
    protocol: socket.proto,
    inode: socket.ino,
    state: states[socket.state - 1] ?? 'UNKNOWN',
    local: endpoint(socket.src_addr, socket.src_port),
    remote: endpoint(socket.dst_addr, socket.dst_port),
    backlog: socket.backlog,
    options: buildSocketOptions(socket.opts, socket.tcp_opts),
  }
}

export const buildUnixSocket = (socket: Message<typeof unix_sk_entry>): SocketFile => ({
  kind: 'socket',
  family: 'unix',
  type: types[socket.type] ?? 'unknown',
  inode: socket.ino,
  state: states[socket.state - 1] ?? 'UNKNOWN',
  path: readName(socket.name),
  peerInode: socket.peer,
  backlog: socket.backlog,
  options: buildSocketOptions(socket.opts),
})

/** A path ends with a NUL, or with the name; an abstract name begins with one and ends where it ends. */
function readName(name: Uint8Array): string {
  const text = new TextDecoder().decode(name)
  return text.startsWith('\0') ? text.replaceAll('\0', '@') : text.replace(/\0.*$/s, '')
}

export const buildNetlinkSocket = (socket: Message<typeof netlink_sk_entry>): SocketFile => ({
  kind: 'socket',
  family: 'netlink',
  protocol: socket.protocol,
  inode: socket.ino,
  portId: socket.portid,
  options: buildSocketOptions(socket.opts),
})

export const buildPacketSocket = (socket: Message<typeof packet_sock_entry>): SocketFile => ({
  kind: 'socket',
  family: 'packet',
  type: types[socket.type] ?? 'unknown',
  protocol: swapBytes(socket.protocol),
  interfaceIndex: socket.ifindex,
  options: buildSocketOptions(socket.opts),
})

/** From network order. */
const swapBytes = (word: number): number => ((word & 0xff) << 8) | ((word >>> 8) & 0xff)
