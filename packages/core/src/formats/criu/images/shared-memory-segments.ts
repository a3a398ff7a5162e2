import { imageTypes } from '../image-types.ts'
import { imageOfMany } from '../read-image.ts'
import { buildIpcObject, type IpcObject } from './ipc-object.ts'
import { toCount } from './to-count.ts'

export interface SharedMemorySegment extends IpcObject {
  readonly sizeBytes: number
}

/** `ipcns-shm-ID.img` */
export const sharedMemorySegmentsImage = imageOfMany(
  imageTypes.IPCNS_SHM,
  ({ desc, size }): SharedMemorySegment => ({ ...buildIpcObject(desc), sizeBytes: toCount(size) }),
)
