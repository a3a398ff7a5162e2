import {
  bool,
  hex,
  int32,
  kernelDevice,
  message,
  optional,
  required,
  string,
  uint32,
} from '../schema/index.ts'

/** `mountpoints-NS.img`: a mount. */
export const mnt_entry = message('mnt_entry', {
  fstype: required(1, uint32),
  mnt_id: required(2, uint32),
  root_dev: required(3, uint32, kernelDevice),
  parent_mnt_id: required(4, uint32),
  flags: required(5, uint32, hex),
  /** What of the file system is mounted. */
  root: required(6, string),
  mountpoint: required(7, string),
  source: required(8, string),
  options: required(9, string),
  shared_id: optional(10, uint32),
  master_id: optional(11, uint32),
  with_plugin: optional(12, bool),
  ext_mount: optional(13, bool),
  fsname: optional(14, string),
  internal_sharing: optional(15, bool),
  deleted: optional(16, bool),
  sb_flags: optional(17, uint32, hex),
  /** A mount from outside of the container, by the name that the runtime gave it. */
  ext_key: optional(18, string),
})

/** `autofs-MNT.img` */
export const autofs_entry = message('autofs_entry', {
  fd: required(1, int32),
  pgrp: required(2, int32),
  timeout: required(3, int32),
  minproto: required(4, int32),
  maxproto: required(5, int32),
  mode: required(6, int32),
  uid: optional(7, int32),
  gid: optional(8, int32),
  read_fd: optional(9, int32),
})

/** `binfmt-misc-MNT.img` */
export const binfmt_misc_entry = message('binfmt_misc_entry', {
  name: required(1, string),
  enabled: required(2, bool),
  interpreter: required(3, string),
  flags: optional(4, string),
  extension: optional(5, string),
  magic: optional(6, string),
  mask: optional(7, string),
  offset: optional(8, int32),
})
