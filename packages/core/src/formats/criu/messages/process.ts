import {
  bool,
  enumeration,
  hex,
  int32,
  message,
  names,
  optional,
  repeated,
  required,
  sint32,
  string,
  uint32,
  uint64,
} from '../schema/index.ts'
import { thread_info_aarch64 } from './registers/aarch64.ts'
import { thread_info_arm } from './registers/arm.ts'
import { thread_info_loongarch64 } from './registers/loongarch64.ts'
import { thread_info_mips } from './registers/mips.ts'
import { thread_info_ppc64 } from './registers/ppc64.ts'
import { thread_info_riscv64 } from './registers/riscv64.ts'
import { thread_info_s390 } from './registers/s390.ts'
import { thread_info_x86 } from './registers/x86.ts'
import { creds_entry } from './security.ts'
import { sa_entry, signal_queue_entry } from './signals.ts'
import { task_timers_entry } from './timers.ts'

/** CRIT's names of states, which aren't CRIU's: 2 is dead, 3 is stopped, 6 a zombie. */
const taskStates = { 1: 'Alive', 3: 'Zombie', 6: 'Stopped' } as const

/** `pstree.img`: a process. All numbers are as seen inside the container. */
export const pstree_entry = message('pstree_entry', {
  pid: required(1, uint32),
  /** 0 for the container's first process. */
  ppid: required(2, uint32),
  pgid: required(3, uint32),
  sid: required(4, uint32),
  /** The process's own ID included. */
  threads: repeated(5, uint32),
})

/** `ids-PID.img`: tasks with the same ID share the object. */
export const task_kobj_ids_entry = message('task_kobj_ids_entry', {
  vm_id: required(1, uint32),
  /** Of `fdinfo-ID.img`. */
  files_id: required(2, uint32),
  fs_id: required(3, uint32),
  sighand_id: required(4, uint32),
  pid_ns_id: optional(5, uint32),
  net_ns_id: optional(6, uint32),
  ipc_ns_id: optional(7, uint32),
  uts_ns_id: optional(8, uint32),
  mnt_ns_id: optional(9, uint32),
  user_ns_id: optional(10, uint32),
  cgroup_ns_id: optional(11, uint32),
  time_ns_id: optional(12, uint32),
})

/** The alternate stack for signal handlers. */
const thread_sas_entry = message('thread_sas_entry', {
  ss_sp: required(1, uint64),
  ss_size: required(2, uint64),
  ss_flags: required(3, uint32),
})

/** Restartable sequences, as registered by the C library. */
const rseq_entry = message('rseq_entry', {
  rseq_abi_pointer: required(1, uint64),
  rseq_abi_size: required(2, uint32),
  signature: required(3, uint32),
  rseq_cs_pointer: optional(4, uint64),
})

export const rlimit_entry = message('rlimit_entry', {
  cur: required(1, uint64),
  max: required(2, uint64),
})

/** In order of the RLIMIT_ numbers. */
const task_rlimits_entry = message('task_rlimits_entry', {
  rlimits: repeated(1, rlimit_entry),
})

const seccomp_mode = {
  0: 'disabled',
  1: 'strict',
  2: 'filter',
} as const

/** What all threads of a process share. */
const task_core_entry = message('task_core_entry', {
  task_state: required(1, uint32, names(taskStates)),
  exit_code: required(2, uint32),
  personality: required(3, uint32),
  /** The kernel's PF_ flags. */
  flags: required(4, uint32),
  /** Blocked signals of the first thread: bit n - 1 stands for signal n. */
  blk_sigset: required(5, uint64, hex),
  comm: required(6, string),
  timers: optional(7, task_timers_entry),
  rlimits: optional(8, task_rlimits_entry),
  /** Of `cg_set_entry.id`. */
  cg_set: optional(9, uint32),
  /** Signals waiting for any of the threads. */
  signals_s: optional(10, signal_queue_entry),
  old_seccomp_mode: optional(11, enumeration(seccomp_mode)),
  old_seccomp_filter: optional(12, uint32),
  loginuid: optional(13, uint32),
  oom_score_adj: optional(14, int32),
  /** Of each signal from 1 on, SIGKILL and SIGSTOP left out. */
  sigactions: repeated(15, sa_entry),
  child_subreaper: optional(18, bool),
  blk_sigset_extended: optional(20, uint64, hex),
  /** The signal that stopped the process. */
  stop_signo: optional(21, uint32),
  membarrier_registration_mask: optional(22, uint32, hex),
})

const thread_core_entry = message('thread_core_entry', {
  /** The list of robust futexes. */
  futex_rla: required(1, uint64),
  futex_rla_len: required(2, uint32),
  sched_nice: optional(3, sint32),
  sched_policy: optional(4, uint32),
  sched_prio: optional(5, uint32),
  blk_sigset: optional(6, uint64),
  sas: optional(7, thread_sas_entry),
  /** The signal to get when the parent dies. */
  pdeath_sig: optional(8, uint32),
  /** Signals waiting for this thread. */
  signals_p: optional(9, signal_queue_entry),
  creds: optional(10, creds_entry),
  seccomp_mode: optional(11, enumeration(seccomp_mode)),
  /** The first one added, of `seccomp_entry.seccomp_filters`. */
  seccomp_filter: optional(12, uint32),
  comm: optional(13, string),
  blk_sigset_extended: optional(14, uint64),
  rseq_entry: optional(15, rseq_entry),
  cg_set: optional(16, uint32),
})

const march = {
  0: 'UNKNOWN',
  1: 'X86_64',
  2: 'ARM',
  3: 'AARCH64',
  4: 'PPC64',
  5: 'S390',
  6: 'MIPS',
  7: 'LOONGARCH64',
  8: 'RISCV64',
} as const

/** `core-TID.img`: a thread. `tc` is only in that of a process's first thread, which has the process's ID. */
export const core_entry = message('core_entry', {
  mtype: required(1, enumeration(march)),
  thread_info: optional(2, thread_info_x86),
  tc: optional(3, task_core_entry),
  ids: optional(4, task_kobj_ids_entry),
  thread_core: optional(5, thread_core_entry),
  ti_arm: optional(6, thread_info_arm),
  ti_aarch64: optional(8, thread_info_aarch64),
  ti_ppc64: optional(9, thread_info_ppc64),
  ti_s390: optional(10, thread_info_s390),
  ti_mips: optional(11, thread_info_mips),
  ti_loongarch64: optional(12, thread_info_loongarch64),
  ti_riscv64: optional(13, thread_info_riscv64),
})

/** `fs-PID.img`; the IDs are of files in `files.img`. */
export const fs_entry = message('fs_entry', {
  cwd_id: required(1, uint32),
  root_id: required(2, uint32),
  umask: optional(3, uint32),
})
