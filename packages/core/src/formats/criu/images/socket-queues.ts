import type { Payload } from '../entries.ts'
import { imageTypes } from '../image-types.ts'
import { imageOfMany } from '../read-image.ts'

/** A message that waits in a UNIX, netlink or packet socket. */
export interface QueuedMessage {
  /** The socket that will read it, in `files.img`. */
  readonly fileId: number
  /** In the image. */
  readonly content: Payload
  /** Files of `files.img` that it hands over, with SCM_RIGHTS. */
  readonly handedFileIds: readonly number[]
}

/** SCM_RIGHTS */
const rightsType = 1

/** `sk-queues.img` */
export const socketQueuesImage = imageOfMany(
  imageTypes.SK_QUEUES,
  ({ id_for, scm }, { payloads: [content = { offset: 0, length: 0 }] }): QueuedMessage => ({
    fileId: id_for,
    content,
    handedFileIds: scm.filter(({ type }) => type === rightsType).flatMap(({ rights }) => rights),
  }),
)
