import { imageTypes } from '../image-types.ts'
import type { task_kobj_ids_entry } from '../messages/process.ts'
import { imageOfOne } from '../read-image.ts'
import type { Message } from '../schema/index.ts'

/** Tasks with the same ID share the object. */
export interface ObjectIds {
  readonly memory: number
  /** Descriptors: of `fdinfo-ID.img`. */
  readonly files: number
  readonly fileSystem: number
  readonly signalHandlers: number
  /** In the names of the namespaces' images; absent where CRIU was too old to tell. */
  readonly namespaces: { readonly [Name in NamespaceName]?: number }
}

const namespaceNames = ['pid', 'net', 'ipc', 'uts', 'mnt', 'user', 'cgroup', 'time'] as const

export type NamespaceName = (typeof namespaceNames)[number]

export const buildObjectIds = (ids: Message<typeof task_kobj_ids_entry>): ObjectIds => ({
  memory: ids.vm_id,
  files: ids.files_id,
  fileSystem: ids.fs_id,
  signalHandlers: ids.sighand_id,
  namespaces: Object.fromEntries(
    namespaceNames.flatMap((name) => {
      const id = ids[`${name}_ns_id`]
      return id === undefined ? [] : [[name, id]]
    }),
  ),
})

/** `ids-PID.img`. Zombies have none. */
export const objectIdsImage = imageOfOne(imageTypes.IDS, buildObjectIds)
