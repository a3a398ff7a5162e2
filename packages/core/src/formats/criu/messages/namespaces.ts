import { message, optional, repeated, required, string, uint32 } from '../schema/index.ts'
import { timespec } from './timers.ts'

/** `utsns-ID.img` */
export const utsns_entry = message('utsns_entry', {
  nodename: required(1, string),
  domainname: required(2, string),
})

/** `timens-ID.img`: what the clocks showed in the namespace. */
export const timens_entry = message('timens_entry', {
  monotonic: required(1, timespec),
  boottime: required(2, timespec),
})

/** `pidns-ID.img` */
export const pidns_entry = message('pidns_entry', {
  ext_key: optional(1, string),
})

const uid_gid_extent = message('uid_gid_extent', {
  first: required(1, uint32),
  lower_first: required(2, uint32),
  count: required(3, uint32),
})

/** `userns-ID.img` */
export const userns_entry = message('userns_entry', {
  uid_map: repeated(1, uid_gid_extent),
  gid_map: repeated(2, uid_gid_extent),
})
