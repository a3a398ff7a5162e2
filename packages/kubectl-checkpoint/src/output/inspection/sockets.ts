import type { Inspection, SocketDocument } from '@kubectl-checkpoint/core/documents'
import { type Column, columnsTable } from '../columns.ts'
import type { SectionView } from './section-view.ts'

export type ProcessSocket = SocketDocument & { readonly pid: number; readonly comm: string }

const columns: readonly Column<ProcessSocket>[] = [
  { name: 'PID', cell: ({ pid }) => pid },
  { name: 'COMM', cell: ({ comm }) => comm, wide: true },
  { name: 'FD', cell: ({ fd }) => fd },
  { name: 'PROTO', cell: ({ protocol }) => protocol },
  { name: 'TYPE', cell: ({ type }) => type, wide: true },
  { name: 'STATE', cell: ({ state }) => state },
  { name: 'RECV-Q', cell: ({ receiveQueueBytes }) => receiveQueueBytes },
  { name: 'SEND-Q', cell: ({ sendQueueBytes }) => sendQueueBytes },
  { name: 'LOCAL', cell: ({ local, path, inode }) => local ?? path ?? inode },
  { name: 'REMOTE', cell: ({ remote, peerInode }) => remote ?? peerInode, whole: true },
  { name: 'OPTIONS', cell: ({ options }) => options && JSON.stringify(options), wide: true },
]

/** What `ss` shows; UNIX sockets without a name go by their inode, as there. */
export const socketsSection: SectionView = {
  title: 'Sockets',
  toText: ({ processes }, options) => columnsTable(columns, processes.flatMap(socketsOf), options),
}

/**
 * What waits for connections or datagrams, once for each address, since children inherit sockets; what others on the
 * network reach comes first.
 */
export function listeners({ processes }: Inspection): readonly ProcessSocket[] {
  const byAddress = Map.groupBy(
    processes.flatMap(socketsOf).filter(isListening),
    (socket) => `${socket.protocol} ${addressOf(socket)}`,
  )
  return [...byAddress.values()]
    .flatMap(([first]) => (first ? [first] : []))
    .toSorted((a, b) => Number(a.local === undefined) - Number(b.local === undefined))
}

/** Where a listening socket is reached. */
export const addressOf = ({ local, path }: SocketDocument): string | undefined => local ?? path

const socketsOf = ({ pid, comm, sockets = [] }: Inspection['processes'][number]): readonly ProcessSocket[] =>
  sockets.map((socket) => ({ pid, comm, ...socket }))

/** A UDP socket without another end takes datagrams from anybody. */
function isListening(socket: SocketDocument): boolean {
  if (addressOf(socket) === undefined) return false
  return socket.state === 'LISTEN' || (socket.protocol.startsWith('udp') && socket.state === 'UNCONNECTED')
}
