import {
  enumeration,
  hex,
  kernelDevice,
  message,
  optional,
  repeated,
  required,
  statDevice,
  string,
  uint32,
  uint64,
} from '../schema/index.ts'
import { fown_entry } from './file-owner.ts'

/** A file handle, which finds a file without its path. */
const fh_entry = message('fh_entry', {
  bytes: required(1, uint32),
  type: required(2, uint32),
  handle: repeated(3, uint64),
  /** What CRIU found the handle to stand for. */
  path: optional(4, string),
  mnt_id: optional(5, uint32),
})

/** `irmap-cache`: paths that were found for inodes. */
export const irmap_cache_entry = message('irmap_cache_entry', {
  dev: required(1, uint32, statDevice),
  inode: required(2, uint64),
  path: required(3, string),
})

export const inotify_wd_entry = message('inotify_wd_entry', {
  id: required(1, uint32),
  i_ino: required(2, uint64),
  mask: required(3, uint32, hex),
  ignored_mask: required(4, uint32, hex),
  s_dev: required(5, uint32, kernelDevice),
  wd: required(6, uint32),
  f_handle: required(7, fh_entry),
})

export const inotify_file_entry = message('inotify_file_entry', {
  id: required(1, uint32),
  flags: required(2, uint32, hex),
  fown: required(4, fown_entry),
  wd: repeated(5, inotify_wd_entry),
})

const fanotify_inode_mark_entry = message('fanotify_inode_mark_entry', {
  i_ino: required(1, uint64),
  f_handle: required(2, fh_entry),
})

const fanotify_mount_mark_entry = message('fanotify_mount_mark_entry', {
  mnt_id: required(1, uint32),
  path: optional(2, string),
})

const mark_type = {
  1: 'INODE',
  2: 'MOUNT',
} as const

export const fanotify_mark_entry = message('fanotify_mark_entry', {
  id: required(1, uint32),
  type: required(2, enumeration(mark_type)),
  mflags: required(3, uint32, hex),
  mask: required(4, uint32, hex),
  ignored_mask: required(5, uint32, hex),
  s_dev: required(6, uint32, kernelDevice),
  ie: optional(7, fanotify_inode_mark_entry),
  me: optional(8, fanotify_mount_mark_entry),
})

export const fanotify_file_entry = message('fanotify_file_entry', {
  id: required(1, uint32),
  flags: required(2, uint32, hex),
  fown: required(3, fown_entry),
  faflags: required(4, uint32, hex),
  evflags: required(5, uint32, hex),
  mark: repeated(6, fanotify_mark_entry),
})
