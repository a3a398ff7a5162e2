import {
  bool,
  enumeration,
  flags,
  int32,
  message,
  optional,
  repeated,
  required,
  sint32,
  string,
  uint32,
  uint64,
} from '../schema/index.ts'
import { bpfmap_file_entry } from './bpf.ts'
import { eventfd_file_entry, eventpoll_file_entry, signalfd_entry, timerfd_entry } from './events.ts'
import { openFlags } from './file-flags.ts'
import { fown_entry } from './file-owner.ts'
import { fanotify_file_entry, inotify_file_entry } from './file-watches.ts'
import { tunfile_entry } from './net.ts'
import { fifo_entry, pipe_entry } from './pipes.ts'
import { inet_sk_entry, netlink_sk_entry, packet_sock_entry, unix_sk_entry } from './sockets.ts'
import { tty_file_entry } from './tty.ts'

const fd_types = {
  0: 'UND',
  1: 'REG',
  2: 'PIPE',
  3: 'FIFO',
  4: 'INETSK',
  5: 'UNIXSK',
  6: 'EVENTFD',
  7: 'EVENTPOLL',
  8: 'INOTIFY',
  9: 'SIGNALFD',
  10: 'PACKETSK',
  11: 'TTY',
  12: 'FANOTIFY',
  13: 'NETLINKSK',
  14: 'NS',
  15: 'TUNF',
  16: 'EXT',
  17: 'TIMERFD',
  18: 'MEMFD',
  19: 'BPFMAP',
  20: 'PIDFD',
  65534: 'CTL_TTY',
  65535: 'AUTOFS_PIPE',
} as const

/** `fdinfo-FILES_ID.img`: a descriptor. */
export const fdinfo_entry = message('fdinfo_entry', {
  /** Of the file in `files.img`. */
  id: required(1, uint32),
  /** Close-on-exec, as FD_CLOEXEC. */
  flags: required(2, uint32),
  type: required(3, enumeration(fd_types)),
  fd: required(4, uint32),
  xattr_security_selinux: optional(5, string),
})

export const reg_file_entry = message('reg_file_entry', {
  id: required(1, uint32),
  flags: required(2, uint32, flags(openFlags)),
  pos: required(3, uint64),
  fown: required(5, fown_entry),
  /** The path in its mount namespace. */
  name: required(6, string),
  mnt_id: optional(7, sint32),
  size: optional(8, uint64),
  ext: optional(9, bool),
  mode: optional(10, uint32),
  /** A binary's, in words of 32 bits; CRIU compares it before restoring. */
  build_id: repeated(11, uint32),
  checksum: optional(12, uint32),
  checksum_config: optional(13, uint32),
  checksum_parameter: optional(14, uint32),
})

export const ext_file_entry = message('ext_file_entry', {
  id: required(1, uint32),
  fown: required(5, fown_entry),
})

export const ns_file_entry = message('ns_file_entry', {
  id: required(1, uint32),
  ns_id: required(2, uint32),
  /** The CLONE_NEW flag of its kind. */
  ns_cflag: required(3, uint32),
  flags: required(4, uint32),
})

const memfd_file_entry = message('memfd_file_entry', {
  id: required(1, uint32),
  flags: required(2, uint32, flags(openFlags)),
  pos: required(3, uint64),
  fown: required(4, fown_entry),
  /** In `memfd.img`. */
  inode_id: required(5, uint32),
})

export const pidfd_entry = message('pidfd_entry', {
  id: required(1, uint32),
  ino: required(2, uint32),
  flags: required(3, uint32),
  /** The process it stands for; -1 for one that is gone. */
  nspid: required(4, int32),
  fown: required(5, fown_entry),
})

/** `files.img`: an open file, in the field that belongs to its type. */
export const file_entry = message('file_entry', {
  type: required(1, enumeration(fd_types)),
  id: required(2, uint32),
  reg: optional(3, reg_file_entry),
  isk: optional(4, inet_sk_entry),
  nsf: optional(5, ns_file_entry),
  psk: optional(6, packet_sock_entry),
  nlsk: optional(7, netlink_sk_entry),
  efd: optional(8, eventfd_file_entry),
  epfd: optional(9, eventpoll_file_entry),
  sgfd: optional(10, signalfd_entry),
  tunf: optional(11, tunfile_entry),
  tfd: optional(12, timerfd_entry),
  ify: optional(13, inotify_file_entry),
  ffy: optional(14, fanotify_file_entry),
  ext: optional(15, ext_file_entry),
  usk: optional(16, unix_sk_entry),
  fifo: optional(17, fifo_entry),
  pipe: optional(18, pipe_entry),
  tty: optional(19, tty_file_entry),
  memfd: optional(20, memfd_file_entry),
  bpf: optional(21, bpfmap_file_entry),
  pidfd: optional(22, pidfd_entry),
})
