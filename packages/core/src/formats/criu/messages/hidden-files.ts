import {
  bool,
  enumeration,
  kernelDevice,
  message,
  optional,
  required,
  statDevice,
  string,
  uint32,
  uint64,
} from '../schema/index.ts'
import { timeval } from './timers.ts'

/** `ghost-file-ID.img`: a deleted file that was still in use, followed by its content. */
export const ghost_file_entry = message('ghost_file_entry', {
  uid: required(1, uint32),
  gid: required(2, uint32),
  mode: required(3, uint32),
  dev: optional(4, uint32, kernelDevice),
  ino: optional(5, uint64),
  rdev: optional(6, uint32, statDevice),
  atim: optional(7, timeval),
  mtim: optional(8, timeval),
  /** The content has holes, and follows as `ghost_chunk_entry`s. */
  chunks: optional(9, bool),
  size: optional(10, uint64),
  symlnk_target: optional(11, string),
})

/** A piece of a ghost file, followed by its `len` bytes. */
export const ghost_chunk_entry = message('ghost_chunk_entry', {
  len: required(1, uint64),
  off: required(2, uint64),
})

const remap_type = {
  0: 'LINKED',
  1: 'GHOST',
  2: 'PROCFS',
} as const

/** `remap-fpath.img`: what stands in for a file that has no path. */
export const remap_file_path_entry = message('remap_file_path_entry', {
  /** In `files.img`. */
  orig_id: required(1, uint32),
  /** Of `ghost-file-ID.img`, a file in `files.img`, or a PID. */
  remap_id: required(2, uint32),
  remap_type: optional(3, enumeration(remap_type)),
})
