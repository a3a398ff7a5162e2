import {
  bool,
  bytes,
  enumeration,
  fixed64,
  hex,
  ipAddress,
  message,
  names,
  optional,
  quotedPrintable,
  repeated,
  required,
  sint32,
  string,
  uint32,
  uint64,
} from '../schema/index.ts'
import { fown_entry } from './file-owner.ts'

const socketFamilies = { 1: 'UNIX', 2: 'INET', 10: 'INET6', 16: 'NETLINK', 17: 'PACKET' } as const

const socketTypes = { 1: 'STREAM', 2: 'DGRAM', 3: 'RAW', 5: 'SEQPACKET', 10: 'PACKET' } as const

/** TCP's states, which the kernel uses for all sockets. */
const socketStates = {
  1: 'ESTABLISHED',
  2: 'SYN_SENT',
  3: 'SYN_RECV',
  4: 'FIN_WAIT1',
  5: 'FIN_WAIT2',
  6: 'TIME_WAIT',
  7: 'CLOSE',
  8: 'CLOSE_WAIT',
  9: 'LAST_ACK',
  10: 'LISTEN',
} as const

const socketProtocols = { 0: 'IP', 6: 'TCP', 17: 'UDP', 136: 'UDPLITE' } as const

/** Socket options. */
const sk_opts_entry = message('sk_opts_entry', {
  so_sndbuf: required(1, uint32),
  so_rcvbuf: required(2, uint32),
  so_snd_tmo_sec: required(3, uint64),
  so_snd_tmo_usec: required(4, uint64),
  so_rcv_tmo_sec: required(5, uint64),
  so_rcv_tmo_usec: required(6, uint64),
  reuseaddr: optional(7, bool),
  so_priority: optional(8, uint32),
  so_rcvlowat: optional(9, uint32),
  so_mark: optional(10, uint32),
  so_passcred: optional(11, bool),
  so_passsec: optional(12, bool),
  so_dontroute: optional(13, bool),
  so_no_check: optional(14, bool),
  so_bound_dev: optional(15, string),
  /** Classic BPF, an instruction each. */
  so_filter: repeated(16, fixed64),
  so_reuseport: optional(17, bool),
  so_broadcast: optional(18, bool),
  so_keepalive: optional(19, bool),
  tcp_keepcnt: optional(20, uint32),
  tcp_keepidle: optional(21, uint32),
  tcp_keepintvl: optional(22, uint32),
  so_oobinline: optional(23, uint32),
  so_linger: optional(24, uint32),
  so_buf_lock: optional(25, uint32),
})

const ip_opts_raw_entry = message('ip_opts_raw_entry', {
  hdrincl: optional(1, bool),
  nodefrag: optional(2, bool),
  checksum: optional(3, bool),
  icmpv_filter: repeated(4, uint32),
})

const ip_opts_entry = message('ip_opts_entry', {
  freebind: optional(1, bool),
  raw: optional(4, ip_opts_raw_entry),
  pktinfo: optional(5, bool),
  tos: optional(6, uint32),
  ttl: optional(7, uint32),
})

const tcp_opts_entry = message('tcp_opts_entry', {
  cork: optional(1, bool),
  nodelay: optional(2, bool),
  keepcnt: optional(3, uint32),
  keepidle: optional(4, uint32),
  keepintvl: optional(5, uint32),
})

const sk_shutdown = {
  0: 'NONE',
  1: 'READ',
  2: 'WRITE',
  3: 'BOTH',
} as const

export const inet_sk_entry = message('inet_sk_entry', {
  id: required(1, uint32),
  ino: required(2, uint32),
  family: required(3, uint32, names(socketFamilies)),
  type: required(4, uint32, names(socketTypes)),
  proto: required(5, uint32, names(socketProtocols)),
  state: required(6, uint32, names(socketStates)),
  src_port: required(7, uint32),
  dst_port: required(8, uint32),
  flags: required(9, uint32, hex),
  backlog: required(10, uint32),
  /** One word for IPv4, four for IPv6, in network order. */
  src_addr: repeated(11, uint32, ipAddress),
  dst_addr: repeated(12, uint32, ipAddress),
  fown: required(13, fown_entry),
  opts: required(14, sk_opts_entry),
  v6only: optional(15, bool),
  ip_opts: optional(16, ip_opts_entry),
  ifname: optional(17, string),
  ns_id: optional(18, uint32),
  shutdown: optional(19, enumeration(sk_shutdown)),
  tcp_opts: optional(20, tcp_opts_entry),
})

const file_perms_entry = message('file_perms_entry', {
  mode: required(1, uint32),
  uid: required(2, uint32),
  gid: required(3, uint32),
})

export const unix_sk_entry = message('unix_sk_entry', {
  id: required(1, uint32),
  /** Names the socket for `peer`. */
  ino: required(2, uint32),
  type: required(3, uint32, names(socketTypes)),
  state: required(4, uint32, names(socketStates)),
  flags: required(5, uint32, hex),
  uflags: required(6, uint32, hex),
  backlog: required(7, uint32),
  peer: required(8, uint32),
  fown: required(9, fown_entry),
  opts: required(10, sk_opts_entry),
  /** A path, or after a NUL an abstract name. */
  name: required(11, bytes, quotedPrintable),
  shutdown: optional(12, enumeration(sk_shutdown)),
  file_perms: optional(13, file_perms_entry),
  name_dir: optional(14, string),
  deleted: optional(15, bool),
  ns_id: optional(16, uint32),
  mnt_id: optional(17, sint32),
})

export const netlink_sk_entry = message('netlink_sk_entry', {
  id: required(1, uint32),
  ino: required(2, uint32),
  protocol: required(3, uint32),
  state: required(4, uint32),
  flags: required(6, uint32, hex),
  portid: required(7, uint32),
  groups: repeated(8, uint32),
  dst_portid: required(9, uint32),
  dst_group: required(10, uint32),
  fown: required(11, fown_entry),
  opts: required(12, sk_opts_entry),
  ns_id: optional(13, uint32),
})

const packet_mclist = message('packet_mclist', {
  index: required(1, uint32),
  type: required(2, uint32),
  addr: required(3, bytes),
})

const packet_ring = message('packet_ring', {
  block_size: required(1, uint32),
  block_nr: required(2, uint32),
  frame_size: required(3, uint32),
  frame_nr: required(4, uint32),
  retire_tmo: required(5, uint32),
  sizeof_priv: required(6, uint32),
  features: required(7, uint32),
})

export const packet_sock_entry = message('packet_sock_entry', {
  id: required(1, uint32),
  type: required(2, uint32),
  /** In network order. */
  protocol: required(3, uint32),
  flags: required(4, uint32, hex),
  ifindex: required(5, uint32),
  fown: required(6, fown_entry),
  opts: required(7, sk_opts_entry),
  version: required(8, uint32),
  reserve: required(9, uint32),
  aux_data: required(10, bool),
  orig_dev: required(11, bool),
  vnet_hdr: required(12, bool),
  loss: required(13, bool),
  timestamp: required(14, uint32),
  copy_thresh: required(15, uint32),
  mclist: repeated(16, packet_mclist),
  fanout: optional(17, uint32),
  rx_ring: optional(18, packet_ring),
  tx_ring: optional(19, packet_ring),
  ns_id: optional(20, uint32),
})
