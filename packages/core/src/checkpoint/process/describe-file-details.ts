import type { FileEntry, Watch } from '../../formats/criu/index.ts'
import { clockName } from './clock-name.ts'
import type { FileTables } from './file-tables.ts'
import { nameBits } from './name-bits.ts'
import { nameSignals } from './signals.ts'

/** What is particular to a type of file; undefined where nothing is. */
export function describeFileDetails(
  file: FileEntry,
  tables: FileTables,
): Readonly<Record<string, unknown>> | undefined {
  switch (file.kind) {
    case 'eventfd':
      return { counter: String(file.counter) }
    case 'epoll':
      return {
        targets: file.targets.map(({ fd, events }) => ({ fd, events: nameBits(events >>> 0, epollEvents) })),
      }
    case 'signalfd':
      return { signals: nameSignals(file.signals) }
    case 'inotify':
      return { watches: file.watches.map(describeWatch) }
    case 'fanotify':
      return { marks: file.marks.map(describeWatch) }
    case 'timerfd':
      return {
        clock: clockName(file.clock),
        leftNanoseconds: String(file.leftNanoseconds),
        intervalNanoseconds: String(file.intervalNanoseconds),
        expirations: String(file.expirations),
      }
    case 'pidfd':
      return file.pid === undefined ? { ended: true } : { pid: file.pid }
    case 'memfd': {
      const memfd = tables.memfds.get(file.memfdId)
      return memfd && { seals: nameBits(memfd.seals, seals) }
    }
    case 'tun':
      return file.device === undefined ? undefined : { device: file.device }
    case 'bpf-map': {
      const { name, mapType, keyBytes, valueBytes, maxEntries } = file
      return { name, mapType, keyBytes, valueBytes, maxEntries }
    }
    default:
      return undefined
  }
}

const describeWatch = ({ inode, mask, path }: Watch) => ({
  ...(path === undefined ? {} : { path }),
  inode: String(inode),
  events: nameBits(mask >>> 0, watchEvents),
})

const epollEvents = {
  EPOLLIN: 0x1,
  EPOLLPRI: 0x2,
  EPOLLOUT: 0x4,
  EPOLLERR: 0x8,
  EPOLLHUP: 0x10,
  EPOLLRDHUP: 0x2000,
  EPOLLEXCLUSIVE: 0x1000_0000,
  EPOLLWAKEUP: 0x2000_0000,
  EPOLLONESHOT: 0x4000_0000,
  EPOLLET: 0x8000_0000,
}

/** inotify's and fanotify's, which have the same bits. */
const watchEvents = {
  ACCESS: 0x1,
  MODIFY: 0x2,
  ATTRIB: 0x4,
  CLOSE_WRITE: 0x8,
  CLOSE_NOWRITE: 0x10,
  OPEN: 0x20,
  MOVED_FROM: 0x40,
  MOVED_TO: 0x80,
  CREATE: 0x100,
  DELETE: 0x200,
  DELETE_SELF: 0x400,
  MOVE_SELF: 0x800,
  EVENT_ON_CHILD: 0x800_0000,
  ISDIR: 0x4000_0000,
  ONESHOT: 0x8000_0000,
}

const seals = {
  F_SEAL_SEAL: 1,
  F_SEAL_SHRINK: 2,
  F_SEAL_GROW: 4,
  F_SEAL_WRITE: 8,
  F_SEAL_FUTURE_WRITE: 16,
  F_SEAL_EXEC: 32,
}
