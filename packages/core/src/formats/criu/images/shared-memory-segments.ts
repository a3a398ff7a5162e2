import { imageTypes } from '../image-types.ts'
import { imageOfMany } from '../read-image.ts'
import { buildIpcObject, type IpcObject } from './ipc-object.ts'

export interface SharedMemorySegment extends IpcObject {
  readonly sizeBytes: bigint
}

/** `ipcns-shm-ID.img` */
export const sharedMemorySegmentsImage = imageOfMany(
  imageTypes.IPCNS_SHM,
  ({ desc, size }): SharedMemorySegment => ({ ...buildIpcObject(desc), sizeBytes: size }),
)
