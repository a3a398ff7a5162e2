import {
  bool,
  bytes,
  enumeration,
  hex,
  int32,
  ipAddress,
  message,
  optional,
  repeated,
  required,
  string,
  uint32,
} from '../schema/index.ts'

const SysctlType = {
  5: 'CTL_STR',
  6: 'CTL_32',
} as const

const sysctl_entry = message('sysctl_entry', {
  type: required(1, enumeration(SysctlType)),
  iarg: optional(2, int32),
  sarg: optional(3, string),
})

export const tunfile_entry = message('tunfile_entry', {
  id: required(1, uint32),
  netdev: optional(2, string),
  detached: optional(3, bool),
  ns_id: optional(4, uint32),
})

const tun_link_entry = message('tun_link_entry', {
  flags: required(1, uint32, hex),
  owner: required(2, int32),
  group: required(3, int32),
  vnethdr: required(4, uint32),
  sndbuf: required(5, uint32),
})

const macvlan_link_entry = message('macvlan_link_entry', {
  mode: required(1, uint32),
  flags: optional(2, uint32),
})

const sit_entry = message('sit_entry', {
  link: optional(1, uint32),
  local: repeated(2, uint32, ipAddress),
  remote: repeated(3, uint32, ipAddress),
  ttl: optional(4, uint32),
  tos: optional(5, uint32),
  pmtudisc: optional(6, bool),
  proto: optional(7, uint32),
  flags: optional(8, uint32),
  encap_type: optional(9, uint32),
  encap_flags: optional(10, uint32),
  encap_sport: optional(11, uint32),
  encap_dport: optional(12, uint32),
  rd_prefixlen: optional(13, uint32),
  rd_prefix: repeated(14, uint32, ipAddress),
  relay_prefixlen: optional(15, uint32),
  relay_prefix: repeated(16, uint32, ipAddress),
})

const nd_type = {
  1: 'LOOPBACK',
  2: 'VETH',
  3: 'TUN',
  4: 'EXTLINK',
  5: 'VENET',
  6: 'BRIDGE',
  7: 'MACVLAN',
  8: 'SIT',
} as const

/** `netdev-NS.img` */
export const net_device_entry = message('net_device_entry', {
  type: required(1, enumeration(nd_type)),
  ifindex: required(2, uint32),
  mtu: required(3, uint32),
  flags: required(4, uint32, hex),
  name: required(5, string),
  tun: optional(6, tun_link_entry),
  /** The hardware address. */
  address: optional(7, bytes),
  conf: repeated(8, int32),
  conf4: repeated(9, sysctl_entry),
  conf6: repeated(10, sysctl_entry),
  macvlan: optional(11, macvlan_link_entry),
  peer_ifindex: optional(12, uint32),
  peer_nsid: optional(13, uint32),
  master: optional(14, uint32),
  sit: optional(15, sit_entry),
})

const netns_id = message('netns_id', {
  target_ns_id: required(1, uint32),
  netnsid_value: required(2, int32),
})

/** `netns-ID.img` */
export const netns_entry = message('netns_entry', {
  def_conf: repeated(1, int32),
  all_conf: repeated(2, int32),
  def_conf4: repeated(3, sysctl_entry),
  all_conf4: repeated(4, sysctl_entry),
  def_conf6: repeated(5, sysctl_entry),
  all_conf6: repeated(6, sysctl_entry),
  /** Names that the namespace has for others. */
  nsids: repeated(7, netns_id),
  ext_key: optional(8, string),
  unix_conf: repeated(9, sysctl_entry),
  ipv4_sysctl: repeated(10, sysctl_entry),
})
