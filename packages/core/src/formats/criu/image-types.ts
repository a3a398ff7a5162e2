import { type ImageType, messages, messagesWithPayload } from './image-type.ts'
import { bpfmap_data_entry, bpfmap_file_entry } from './messages/bpf.ts'
import { cgroup_entry } from './messages/cgroup.ts'
import { cpuinfo_entry } from './messages/cpuinfo.ts'
import {
  eventfd_file_entry,
  eventpoll_file_entry,
  eventpoll_tfd_entry,
  signalfd_entry,
  timerfd_entry,
} from './messages/events.ts'
import { file_lock_entry } from './messages/file-locks.ts'
import {
  fanotify_file_entry,
  fanotify_mark_entry,
  inotify_file_entry,
  inotify_wd_entry,
  irmap_cache_entry,
} from './messages/file-watches.ts'
import {
  ext_file_entry,
  fdinfo_entry,
  file_entry,
  ns_file_entry,
  pidfd_entry,
  reg_file_entry,
} from './messages/files.ts'
import { ghost_chunk_entry, ghost_file_entry, remap_file_path_entry } from './messages/hidden-files.ts'
import { inventory_entry } from './messages/inventory.ts'
import { ipc_msg, ipc_msg_entry, ipc_sem_entry, ipc_shm_entry, ipc_var_entry } from './messages/ipc.ts'
import { memfd_inode_entry, mm_entry, vma_entry } from './messages/memory.ts'
import { autofs_entry, binfmt_misc_entry, mnt_entry } from './messages/mounts.ts'
import { pidns_entry, timens_entry, userns_entry, utsns_entry } from './messages/namespaces.ts'
import { net_device_entry, netns_entry, tunfile_entry } from './messages/net.ts'
import { pagemap_entry, pagemap_head } from './messages/page-map.ts'
import { fifo_entry, pipe_data_entry, pipe_entry } from './messages/pipes.ts'
import { core_entry, fs_entry, pstree_entry, rlimit_entry, task_kobj_ids_entry } from './messages/process.ts'
import { apparmor_entry, creds_entry, seccomp_entry } from './messages/security.ts'
import { sa_entry, siginfo_entry } from './messages/signals.ts'
import { sk_packet_entry, tcp_stream_entry } from './messages/socket-data.ts'
import { inet_sk_entry, netlink_sk_entry, packet_sock_entry, unix_sk_entry } from './messages/sockets.ts'
import { stats_entry } from './messages/stats.ts'
import { itimer_entry, posix_timer_entry } from './messages/timers.ts'
import { tty_data_entry, tty_file_entry, tty_info_entry } from './messages/tty.ts'
import type { Message } from './schema/index.ts'

type PageMapMessage = Message<typeof pagemap_head> | Message<typeof pagemap_entry>
type GhostFileMessage = Message<typeof ghost_file_entry> | Message<typeof ghost_chunk_entry>
type IpcMessage = Message<typeof ipc_msg_entry> | Message<typeof ipc_msg>

const pageMap: ImageType<PageMapMessage> = {
  name: 'PAGEMAP',
  magic: 0x56084025,
  layout: { type: pagemap_head, next: { type: pagemap_entry } },
}

const ghostFile: ImageType<GhostFileMessage> = {
  name: 'GHOST_FILE',
  magic: 0x52583605,
  layout: {
    type: ghost_file_entry,
    payloadLengths: ({ chunks }: Message<typeof ghost_file_entry>) => (chunks ? [] : [Infinity]),
    next: {
      type: ghost_chunk_entry,
      payloadLengths: ({ len }: Message<typeof ghost_chunk_entry>) => [Number(len)],
    },
  },
}

const ipcMessages: ImageType<IpcMessage> = {
  name: 'IPCNS_MSG',
  magic: 0x55453737,
  layout: {
    type: ipc_msg_entry,
    inner: {
      count: ({ qnum }: Message<typeof ipc_msg_entry>) => qnum,
      layout: {
        type: ipc_msg,
        payloadLengths: ({ msize }: Message<typeof ipc_msg>) => [msize],
        alignment: 8,
      },
    },
  },
}

/**
 * The types of images by CRIT's names of them.
 * @see criu/include/magic.h, criu/image-desc.c; what follows messages: criu/{pipes,sk-queue,sk-tcp,ipc_ns,bpfmap}.c
 */
export const imageTypes = {
  INVENTORY: messages('INVENTORY', 0x58313116, inventory_entry),
  PSTREE: messages('PSTREE', 0x50273030, pstree_entry),
  CORE: messages('CORE', 0x55053847, core_entry),
  IDS: messages('IDS', 0x54432030, task_kobj_ids_entry),
  MM: messages('MM', 0x57492820, mm_entry),
  FS: messages('FS', 0x51403912, fs_entry),
  FDINFO: messages('FDINFO', 0x56213732, fdinfo_entry),
  FILES: messages('FILES', 0x56303138, file_entry),
  REMAP_FPATH: messages('REMAP_FPATH', 0x59133954, remap_file_path_entry),
  MEMFD_INODE: messages('MEMFD_INODE', 0x48453499, memfd_inode_entry),
  FILE_LOCKS: messages('FILE_LOCKS', 0x54323616, file_lock_entry),
  MNTS: messages('MNTS', 0x55563928, mnt_entry),
  TTY_INFO: messages('TTY_INFO', 0x59453036, tty_info_entry),
  TTY_DATA: messages('TTY_DATA', 0x59413026, tty_data_entry),
  UTSNS: messages('UTSNS', 0x54473203, utsns_entry),
  TIMENS: messages('TIMENS', 0x43114433, timens_entry),
  PIDNS: messages('PIDNS', 0x61157326, pidns_entry),
  USERNS: messages('USERNS', 0x55474906, userns_entry),
  NETNS: messages('NETNS', 0x55933752, netns_entry),
  NETDEV: messages('NETDEV', 0x57373951, net_device_entry),
  IPC_VAR: messages('IPC_VAR', 0x53115007, ipc_var_entry),
  CGROUP: messages('CGROUP', 0x59383330, cgroup_entry),
  SECCOMP: messages('SECCOMP', 0x64413049, seccomp_entry),
  APPARMOR: messages('APPARMOR', 0x59423047, apparmor_entry),
  AUTOFS: messages('AUTOFS', 0x49353943, autofs_entry),
  BINFMT_MISC: messages('BINFMT_MISC', 0x67343323, binfmt_misc_entry),
  CPUINFO: messages('CPUINFO', 0x61404013, cpuinfo_entry),
  STATS: messages('STATS', 0x57093306, stats_entry),
  IRMAP_CACHE: messages('IRMAP_CACHE', 0x57004059, irmap_cache_entry),
  PAGEMAP: pageMap,
  GHOST_FILE: ghostFile,
  PIPES_DATA: messagesWithPayload('PIPES_DATA', 0x56453709, pipe_data_entry, ({ bytes }) => [bytes]),
  FIFO_DATA: messagesWithPayload('FIFO_DATA', 0x59333054, pipe_data_entry, ({ bytes }) => [bytes]),
  SK_QUEUES: messagesWithPayload('SK_QUEUES', 0x56264026, sk_packet_entry, ({ length }) => [length]),
  TCP_STREAM: messagesWithPayload('TCP_STREAM', 0x51465506, tcp_stream_entry, ({ inq_len, outq_len }) => [
    inq_len,
    outq_len,
  ]),
  IPCNS_SHM: messagesWithPayload(
    'IPCNS_SHM',
    0x46283044,
    ipc_shm_entry,
    ({ in_pagemaps, size }) => (in_pagemaps ? [] : [Number(size)]),
    4,
  ),
  IPCNS_SEM: messagesWithPayload('IPCNS_SEM', 0x59573019, ipc_sem_entry, ({ nsems }) => [nsems * 2], 8),
  IPCNS_MSG: ipcMessages,
  BPFMAP_DATA: messagesWithPayload('BPFMAP_DATA', 0x64324033, bpfmap_data_entry, (map) => [
    map.keys_bytes,
    map.values_bytes,
  ]),

  // Images of old CRIU, which wrote an image for what is now a part of another.
  REG_FILES: messages('REG_FILES', 0x50363636, reg_file_entry),
  EXT_FILES: messages('EXT_FILES', 0x59255641, ext_file_entry),
  NS_FILES: messages('NS_FILES', 0x61394011, ns_file_entry),
  PIPES: messages('PIPES', 0x56513555, pipe_entry),
  FIFO: messages('FIFO', 0x58364939, fifo_entry),
  UNIXSK: messages('UNIXSK', 0x54373943, unix_sk_entry),
  INETSK: messages('INETSK', 0x56443851, inet_sk_entry),
  PACKETSK: messages('PACKETSK', 0x60454618, packet_sock_entry),
  NETLINK_SK: messages('NETLINK_SK', 0x58005614, netlink_sk_entry),
  EVENTFD_FILE: messages('EVENTFD_FILE', 0x44523722, eventfd_file_entry),
  EVENTPOLL_FILE: messages('EVENTPOLL_FILE', 0x45023858, eventpoll_file_entry),
  EVENTPOLL_TFD: messages('EVENTPOLL_TFD', 0x44433746, eventpoll_tfd_entry),
  SIGNALFD: messages('SIGNALFD', 0x57323820, signalfd_entry),
  TIMERFD: messages('TIMERFD', 0x50493712, timerfd_entry),
  INOTIFY_FILE: messages('INOTIFY_FILE', 0x48424431, inotify_file_entry),
  INOTIFY_WD: messages('INOTIFY_WD', 0x54562009, inotify_wd_entry),
  FANOTIFY_FILE: messages('FANOTIFY_FILE', 0x55096122, fanotify_file_entry),
  FANOTIFY_MARK: messages('FANOTIFY_MARK', 0x56506035, fanotify_mark_entry),
  TTY_FILES: messages('TTY_FILES', 0x59433025, tty_file_entry),
  TUNFILE: messages('TUNFILE', 0x57143751, tunfile_entry),
  PIDFD: messages('PIDFD', 0x54435556, pidfd_entry),
  BPFMAP_FILE: messages('BPFMAP_FILE', 0x57506142, bpfmap_file_entry),
  CREDS: messages('CREDS', 0x54023547, creds_entry),
  VMAS: messages('VMAS', 0x54123737, vma_entry),
  SIGACT: messages('SIGACT', 0x55344201, sa_entry),
  SIGNAL: messages('SIGNAL', 0x59255647, siginfo_entry),
  ITIMERS: messages('ITIMERS', 0x57464056, itimer_entry),
  POSIX_TIMERS: messages('POSIX_TIMERS', 0x52603957, posix_timer_entry),
  RLIMIT: messages('RLIMIT', 0x57113925, rlimit_entry),
} as const
