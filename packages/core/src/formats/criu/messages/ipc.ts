import { bool, message, optional, repeated, required, uint32, uint64 } from '../schema/index.ts'

const ipc_desc_entry = message('ipc_desc_entry', {
  key: required(1, uint32),
  uid: required(2, uint32),
  gid: required(3, uint32),
  cuid: required(4, uint32),
  cgid: required(5, uint32),
  mode: required(6, uint32),
  id: required(7, uint32),
})

/** `ipcns-var-ID.img`: limits of the namespace, as in /proc/sys/kernel and /proc/sys/fs/mqueue. */
export const ipc_var_entry = message('ipc_var_entry', {
  sem_ctls: repeated(1, uint32),
  msg_ctlmax: required(2, uint32),
  msg_ctlmnb: required(3, uint32),
  msg_ctlmni: required(4, uint32),
  auto_msgmni: required(5, uint32),
  shm_ctlmax: required(6, uint64),
  shm_ctlall: required(7, uint64),
  shm_ctlmni: required(8, uint32),
  shm_rmid_forced: required(9, uint32),
  mq_queues_max: required(10, uint32),
  mq_msg_max: required(11, uint32),
  mq_msgsize_max: required(12, uint32),
  mq_msg_default: optional(13, uint32),
  mq_msgsize_default: optional(14, uint32),
  msg_next_id: optional(15, uint32),
  sem_next_id: optional(16, uint32),
  shm_next_id: optional(17, uint32),
})

/** `ipcns-shm-ID.img`: a segment, in old CRIU followed by its content. */
export const ipc_shm_entry = message('ipc_shm_entry', {
  desc: required(1, ipc_desc_entry),
  size: required(2, uint64),
  /** The content is in `pagemap-shmem-ID.img`, ID of `desc`. */
  in_pagemaps: optional(3, bool),
  hugetlb_flag: optional(4, uint32),
})

/** `ipcns-msg-ID.img`: a queue, followed by `qnum` of `ipc_msg`. */
export const ipc_msg_entry = message('ipc_msg_entry', {
  desc: required(1, ipc_desc_entry),
  qbytes: required(2, uint32),
  qnum: required(3, uint32),
})

/** Followed by its `msize` bytes. */
export const ipc_msg = message('ipc_msg', {
  mtype: required(1, uint64),
  msize: required(2, uint32),
})

/** `ipcns-sem-ID.img`: a set, followed by its values in 16 bits each. */
export const ipc_sem_entry = message('ipc_sem_entry', {
  desc: required(1, ipc_desc_entry),
  nsems: required(2, uint32),
})
