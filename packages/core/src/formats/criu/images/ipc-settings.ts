import { imageTypes } from '../image-types.ts'
import { imageOfOne } from '../read-image.ts'

/** Limits of an IPC namespace by their names below /proc/sys, with dots. */
export type IpcSettings = Readonly<Record<string, string>>

/** `ipcns-var-ID.img` */
export const ipcSettingsImage = imageOfOne(imageTypes.IPC_VAR, (limits): IpcSettings => {
  const settings = {
    'kernel.sem': limits.sem_ctls.length > 0 ? limits.sem_ctls.join(' ') : undefined,
    'kernel.msgmax': limits.msg_ctlmax,
    'kernel.msgmnb': limits.msg_ctlmnb,
    'kernel.msgmni': limits.msg_ctlmni,
    'kernel.auto_msgmni': limits.auto_msgmni,
    'kernel.shmmax': limits.shm_ctlmax,
    'kernel.shmall': limits.shm_ctlall,
    'kernel.shmmni': limits.shm_ctlmni,
    'kernel.shm_rmid_forced': limits.shm_rmid_forced,
    'kernel.msg_next_id': limits.msg_next_id,
    'kernel.sem_next_id': limits.sem_next_id,
    'kernel.shm_next_id': limits.shm_next_id,
    'fs.mqueue.queues_max': limits.mq_queues_max,
    'fs.mqueue.msg_max': limits.mq_msg_max,
    'fs.mqueue.msgsize_max': limits.mq_msgsize_max,
    'fs.mqueue.msg_default': limits.mq_msg_default,
    'fs.mqueue.msgsize_default': limits.mq_msgsize_default,
  }
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
})
