import {
  bool,
  enumeration,
  message,
  optional,
  repeated,
  required,
  string,
  uint32,
  uint64,
} from '../schema/index.ts'
import { task_kobj_ids_entry } from './process.ts'

const plugins_entry = message('plugins_entry', {
  plugins: repeated(12, string),
})

const lsmtype = {
  0: 'NO_LSM',
  1: 'SELINUX',
  2: 'APPARMOR',
} as const

/** `inventory.img`: the dump as a whole. The only image without the word COMMON before its magic. */
export const inventory_entry = message('inventory_entry', {
  /** 1 and 2 exist; raised when older readers would misunderstand. */
  img_version: required(1, uint32),
  fdinfo_per_id: optional(2, bool),
  /** Of CRIU itself: a task with the same ID shares that object with the host. */
  root_ids: optional(3, task_kobj_ids_entry),
  /** Images of namespaces are named by their IDs, not by PIDs. */
  ns_per_id: optional(4, bool),
  root_cg_set: optional(5, uint32),
  lsmtype: optional(6, enumeration(lsmtype)),
  /** Time since boot. */
  dump_uptime: optional(8, uint64),
  pre_dump_mode: optional(9, uint32),
  tcp_close: optional(10, bool),
  network_lock_method: optional(11, uint32),
  /** Plugins that restoring needs. */
  plugins_entry: optional(12, plugins_entry),
  /** A random name of this run of CRIU. */
  dump_criu_run_id: optional(13, string),
  allow_uprobes: optional(14, bool),
})
