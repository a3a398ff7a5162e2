import type { FileEntry, Terminal } from '../../formats/criu/index.ts'
import type { FileTables } from './file-tables.ts'

/** What a file is called. */
export interface FileName {
  /** As the links in `/proc/PID/fd` show it, without ` (deleted)`. */
  readonly path: string
  readonly deleted: boolean
}

const suffix = ' (deleted)'

/** What `/proc` shows of a file. */
export function showPath(file: FileEntry, tables: FileTables): FileName {
  switch (file.kind) {
    case 'path': {
      const remap = tables.remaps.get(file.id)
      // CRIU took the mark off what it kept, so what still ends like it is a name.
      // What was under /proc/PID of an ended process isn't gone by itself: the folder is.
      if (remap && remap.kind !== 'process') return { path: file.path, deleted: true }
      const deleted = file.path.endsWith(suffix)
      return { path: deleted ? file.path.slice(0, -suffix.length) : file.path, deleted }
    }
    case 'fifo':
      return showPathOf(file.pathFileId, tables) ?? there('fifo')
    case 'tty':
      return showPathOf(file.pathFileId, tables) ?? there(nameTerminal(tables.terminals.get(file.ttyId)))
    case 'memfd': {
      const name = tables.memfds.get(file.memfdId)?.name ?? '?'
      return { path: name.startsWith('/') ? name : `/memfd:${name}`, deleted: true }
    }
    case 'pipe':
      return there(`pipe:[${file.pipeId}]`)
    case 'socket':
      return there(`socket:[${'inode' in file ? file.inode : '?'}]`)
    case 'namespace':
      return there(`${file.type}:[?]`)
    case 'tun':
      return there('/dev/net/tun')
    case 'external':
    case 'unknown':
      return there(file.kind)
    default:
      return there(anonymousNames[file.kind])
  }
}

/** What `/proc` shows of a file with a path, or in memory, by its ID. */
export function showPathOf(id: number | undefined, tables: FileTables): FileName | undefined {
  const file = id === undefined ? undefined : tables.files.get(id)
  return file?.kind === 'path' || file?.kind === 'memfd' ? showPath(file, tables) : undefined
}

/** What a terminal that came from outside is called. */
function nameTerminal(terminal: Terminal | undefined): string {
  const { major = 0, minor = 0 } = terminal?.device ?? {}
  // Eight device numbers with 256 terminals each.
  if (major >= 136 && major < 144) return `/dev/pts/${(major - 136) * 256 + minor}`
  return terminalNames[`${major}:${minor}`] ?? `tty:[${major}:${minor}]`
}

const terminalNames: Readonly<Record<string, string>> = {
  '5:0': '/dev/tty',
  '5:1': '/dev/console',
  '5:2': '/dev/ptmx',
}

const there = (path: string): FileName => ({ path, deleted: false })

// Those without brackets are without them in Linux, too.
const anonymousNames = {
  eventfd: 'anon_inode:[eventfd]',
  epoll: 'anon_inode:[eventpoll]',
  signalfd: 'anon_inode:[signalfd]',
  inotify: 'anon_inode:inotify',
  fanotify: 'anon_inode:[fanotify]',
  timerfd: 'anon_inode:[timerfd]',
  pidfd: 'anon_inode:[pidfd]',
  'bpf-map': 'anon_inode:bpf-map',
} as const
