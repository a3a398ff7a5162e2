import { task_kobj_ids_entry } from '../messages/process.ts'
import type { ImageKind } from '../read-image.ts'
import type { Message } from '../schema/index.ts'
import { parseOnlyMessage } from './only-message.ts'

/** Numbers of what a process may share with others: those with the same number share it. */
export interface KernelIds {
  /** Its table of descriptors is `fdinfo-NUMBER.img`. */
  readonly files: number
  /** Numbers in the names of the namespaces' images; absent where CRIU was too old to tell. */
  readonly namespaces: Readonly<Partial<Record<NamespaceName, number>>>
}

export type NamespaceName = 'pid' | 'net' | 'ipc' | 'uts' | 'mnt' | 'user' | 'cgroup' | 'time'

/** `ids-PID.img`. Zombies have none. */
export const idsImage: ImageKind<KernelIds> = {
  magic: 0x54432030,
  parse: (messages, where) => buildKernelIds(parseOnlyMessage(task_kobj_ids_entry, messages, where)),
}

export function buildKernelIds(ids: Message<typeof task_kobj_ids_entry>): KernelIds {
  const namespaces = {
    pid: ids.pid_ns_id,
    net: ids.net_ns_id,
    ipc: ids.ipc_ns_id,
    uts: ids.uts_ns_id,
    mnt: ids.mnt_ns_id,
    user: ids.user_ns_id,
    cgroup: ids.cgroup_ns_id,
    time: ids.time_ns_id,
  }
  return {
    files: ids.files_id,
    namespaces: Object.fromEntries(Object.entries(namespaces).filter(([, id]) => id !== undefined)),
  }
}
