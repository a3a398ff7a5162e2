import type { Payload } from '../entries.ts'
import { imageTypes } from '../image-types.ts'
import { imageOfMany } from '../read-image.ts'
import { buildIpcObject, type IpcObject } from './ipc-object.ts'

export interface SemaphoreSet extends IpcObject {
  /** Where the semaphores' values are in the image: 16 bits each, the lower ones first. */
  readonly values: Payload
}

/** `ipcns-sem-ID.img` */
export const semaphoreSetsImage = imageOfMany(
  imageTypes.IPCNS_SEM,
  ({ desc }, { payloads: [values] }): SemaphoreSet => ({
    ...buildIpcObject(desc),
    values: values ?? { offset: 0, length: 0 },
  }),
)
