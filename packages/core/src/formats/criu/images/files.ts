import { imageTypes } from '../image-types.ts'
import type { fanotify_mark_entry, inotify_wd_entry } from '../messages/file-watches.ts'
import type { file_entry } from '../messages/files.ts'
import { imageOf } from '../read-image.ts'
import type { Message } from '../schema/index.ts'
import type { FileContent, FileEntry, Watch } from './file-entry.ts'
import { buildInetSocket, buildNetlinkSocket, buildPacketSocket, buildUnixSocket } from './socket-file.ts'

/** `files.img`: all open files, by ID. */
export const filesImage = imageOf(imageTypes.FILES, () => {
  const files = new Map<number, FileEntry>()
  return {
    add: ({ message }) => {
      files.set(message.id, { id: message.id, flags: findFlags(message), ...buildContent(message) })
    },
    end: (): ReadonlyMap<number, FileEntry> => files,
  }
})

type FileMessage = Message<typeof file_entry>

const findFlags = (file: FileMessage): number =>
  (
    file.reg ??
    file.pipe ??
    file.isk ??
    file.usk ??
    file.nlsk ??
    file.psk ??
    file.efd ??
    file.epfd ??
    file.sgfd ??
    file.ify ??
    file.ffy ??
    file.tfd ??
    file.pidfd ??
    file.memfd ??
    file.tty ??
    file.nsf ??
    file.bpf
  )?.flags ?? 0

function buildContent(file: FileMessage): FileContent {
  if (file.reg) return buildPath(file.reg)
  if (file.pipe) return { kind: 'pipe', pipeId: file.pipe.pipe_id }
  if (file.fifo) return { kind: 'fifo', pipeId: file.fifo.pipe_id, ...pathFile(file.fifo.regf_id) }
  if (file.isk) return buildInetSocket(file.isk)
  if (file.usk) return buildUnixSocket(file.usk)
  if (file.nlsk) return buildNetlinkSocket(file.nlsk)
  if (file.psk) return buildPacketSocket(file.psk)
  if (file.efd) return { kind: 'eventfd', counter: file.efd.counter }
  if (file.epfd) {
    return {
      kind: 'epoll',
      targets: file.epfd.tfd.map(({ tfd, events, data }) => ({ fd: tfd, events, data })),
    }
  }
  if (file.sgfd) return { kind: 'signalfd', signals: file.sgfd.sigmask }
  if (file.ify) return { kind: 'inotify', watches: file.ify.wd.map(buildWatch) }
  if (file.ffy) return { kind: 'fanotify', marks: file.ffy.mark.map(buildMark) }
  if (file.tfd) return buildTimer(file.tfd)
  if (file.pidfd) return { kind: 'pidfd', ...(file.pidfd.nspid > 0 ? { pid: file.pidfd.nspid } : {}) }
  if (file.memfd) return { kind: 'memfd', memfdId: file.memfd.inode_id, position: file.memfd.pos }
  if (file.tty) return { kind: 'tty', ttyId: file.tty.tty_info_id, ...pathFile(file.tty.regf_id) }
  if (file.nsf) return { kind: 'namespace', type: namespaceTypes[file.nsf.ns_cflag] ?? 'unknown' }
  if (file.tunf)
    return { kind: 'tun', ...(file.tunf.netdev === undefined ? {} : { device: file.tunf.netdev }) }
  if (file.bpf) {
    const { map_name, map_type, key_size, value_size, max_entries } = file.bpf
    return {
      kind: 'bpf-map',
      name: map_name,
      mapType: map_type,
      keyBytes: key_size,
      valueBytes: value_size,
      maxEntries: max_entries,
    }
  }
  return { kind: file.ext ? 'external' : 'unknown' }
}

const buildPath = ({ name, pos, mode, size, mnt_id }: NonNullable<FileMessage['reg']>): FileContent => ({
  kind: 'path',
  path: name,
  position: pos,
  ...(mode === undefined ? {} : { mode }),
  ...(size === undefined ? {} : { sizeBytes: size }),
  ...(mnt_id === undefined ? {} : { mountId: mnt_id }),
})

const pathFile = (id: number | undefined) => (id === undefined ? {} : { pathFileId: id })

const buildWatch = ({ i_ino, mask, f_handle }: Message<typeof inotify_wd_entry>): Watch => ({
  inode: i_ino,
  mask,
  ...(f_handle.path === undefined ? {} : { path: f_handle.path }),
})

const buildMark = ({ mask, ie, me }: Message<typeof fanotify_mark_entry>): Watch => {
  const path = ie?.f_handle.path ?? me?.path
  return { inode: ie?.i_ino ?? 0n, mask, ...(path === undefined ? {} : { path }) }
}

const buildTimer = (timer: NonNullable<FileMessage['tfd']>): FileContent => ({
  kind: 'timerfd',
  clock: timer.clockid,
  leftNanoseconds: timer.vsec * 1_000_000_000n + timer.vnsec,
  intervalNanoseconds: timer.isec * 1_000_000_000n + timer.insec,
  expirations: timer.ticks,
})

/** By their CLONE_NEW flags. */
const namespaceTypes: Readonly<Record<number, string>> = {
  128: 'time',
  131072: 'mnt',
  33554432: 'cgroup',
  67108864: 'uts',
  134217728: 'ipc',
  268435456: 'user',
  536870912: 'pid',
  1073741824: 'net',
}
