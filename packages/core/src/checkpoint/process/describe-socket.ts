import type { SocketDocument } from '../../documents/index.ts'
import type {
  Endpoint,
  FileEntry,
  InetSocket,
  SocketFile,
  TcpStream,
  UnixSocket,
} from '../../formats/criu/index.ts'
import type { FileTables } from './file-tables.ts'

/** A socket as `/proc/net` shows it. */
export function describeSocket(
  fd: number,
  socket: FileEntry & SocketFile,
  { socketQueues }: FileTables,
  stream: TcpStream | undefined,
): SocketDocument {
  const { options } = socket
  const queued = socketQueues.get(socket.id)
  return {
    fd,
    ...describeFamily(socket),
    ...(queued !== undefined && { receiveQueueBytes: queued }),
    ...(stream && { receiveQueueBytes: stream.received.length, sendQueueBytes: stream.sent.length }),
    ...(Object.keys(options).length > 0 && { options }),
  }
}

function describeFamily(socket: SocketFile): Omit<SocketDocument, 'fd'> {
  switch (socket.family) {
    case 'inet':
    case 'inet6':
      return {
        inode: socket.inode,
        protocol: `${protocolOf(socket)}${socket.family === 'inet6' ? '6' : ''}`,
        type: socket.type,
        state: stateOf(socket, socket.type !== 'stream'),
        local: showEndpoint(socket.local),
        remote: showEndpoint(socket.remote),
      }
    case 'unix':
      return {
        inode: socket.inode,
        protocol: 'unix',
        type: socket.type,
        state: stateOf(socket, true),
        ...(socket.path !== '' && { path: socket.path }),
        ...(socket.peerInode !== 0 && { peerInode: socket.peerInode }),
      }
    case 'netlink':
      return {
        inode: socket.inode,
        protocol: 'netlink',
        type: netlinkTypes[socket.protocol] ?? String(socket.protocol),
        local: String(socket.portId),
      }
    case 'packet':
      return {
        protocol: 'packet',
        type: socket.type,
        local: `0x${socket.protocol.toString(16).padStart(4, '0')}:${socket.interfaceIndex || '*'}`,
      }
  }
}

const protocols: Readonly<Record<number, string>> = {
  1: 'icmp',
  6: 'tcp',
  17: 'udp',
  58: 'icmp',
  136: 'udplite',
}

function protocolOf({ type, protocol }: InetSocket): string {
  if (type === 'raw') return 'raw'
  return protocols[protocol] ?? `ip-protocol-${protocol}`
}

/** The kernel says CLOSE of what knows no connections, too. */
const stateOf = ({ state }: InetSocket | UnixSocket, maybeUnconnected: boolean): string =>
  state === 'CLOSE' && maybeUnconnected ? 'UNCONNECTED' : state

const showEndpoint = ({ address, port }: Endpoint): string =>
  `${address.includes(':') ? `[${address}]` : address}:${port}`

const netlinkTypes: Readonly<Record<number, string>> = {
  0: 'route',
  4: 'sock_diag',
  5: 'nflog',
  6: 'xfrm',
  7: 'selinux',
  9: 'audit',
  10: 'fib_lookup',
  12: 'netfilter',
  15: 'kobject_uevent',
  16: 'generic',
  20: 'rdma',
  21: 'crypto',
}
