import type {
  FileLockDocument,
  OpenFileDocument,
  ProcessDocument,
  SocketDocument,
} from '@kubectl-checkpoint/core/documents'
import { type Column, columnsTable } from '../columns.ts'
import { bytes } from '../units.ts'
import type { SectionView } from './section-view.ts'

type Row = OpenFileDocument & {
  readonly pid: number
  readonly locks: readonly FileLockDocument[]
  readonly socket?: SocketDocument
}

const columns: readonly Column<Row>[] = [
  { name: 'PID', cell: ({ pid }) => pid },
  { name: 'FD', cell: ({ fd }) => fd },
  { name: 'TYPE', cell: ({ type }) => type },
  { name: 'ACCESS', cell: ({ access }) => access },
  { name: 'POSITION', cell: ({ position }) => position, wide: true },
  {
    name: 'SIZE',
    cell: ({ sizeBytes }) => (sizeBytes === undefined ? undefined : bytes(sizeBytes)),
    wide: true,
  },
  { name: 'FLAGS', cell: ({ flags }) => flags?.join(',') || undefined, wide: true },
  { name: 'PATH', cell: pathOf, whole: true },
  { name: 'DETAILS', cell: ({ details }) => details && JSON.stringify(details), wide: true },
]

export const openFilesSection: SectionView = {
  title: 'Open files',
  toText: ({ processes }, options) => columnsTable(columns, processes.flatMap(rowsOf), options),
}

function rowsOf({ pid, files = [], locks = [], sockets = [] }: ProcessDocument): Row[] {
  const locksOf = Map.groupBy(locks, ({ fd }) => fd)
  const socketOf = new Map(sockets.map((socket) => [socket.fd, socket]))
  return files.map((file) => {
    const socket = socketOf.get(file.fd)
    return { pid, ...file, locks: locksOf.get(file.fd) ?? [], ...(socket && { socket }) }
  })
}

/** As /proc shows it, which socket it is, what waits in it to be read, and what of it is locked. */
function pathOf({ path, deleted, socket, queuedBytes, locks }: Row): string {
  const name = `${path}${deleted ? ' (deleted)' : ''}`
  const waiting = queuedBytes ? [`${bytes(queuedBytes)} waiting`] : []
  return [name, ...(socket ? [describeSocket(socket)] : []), ...waiting, ...locks.map(describeLock)].join(
    ', ',
  )
}

const describeSocket = ({ protocol, local, path, state }: SocketDocument): string =>
  [protocol, path ?? local, state].filter((part) => part !== undefined).join(' ')

function describeLock({ kind, access, start, lengthBytes }: FileLockDocument): string {
  const lock = `${kind} ${access} lock`
  if (lengthBytes !== undefined) return `${lock} on ${start}-${start + lengthBytes - 1}`
  return start === 0 ? lock : `${lock} on ${start}-`
}
