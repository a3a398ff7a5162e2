import type { Payload } from '../entries.ts'
import { imageTypes } from '../image-types.ts'
import { ipc_msg, ipc_msg_entry } from '../messages/ipc.ts'
import { imageOf } from '../read-image.ts'
import type { Message } from '../schema/index.ts'
import { buildIpcObject, type IpcObject } from './ipc-object.ts'

export interface IpcMessage {
  readonly type: bigint
  /** Where its bytes are in the image. */
  readonly bytes: Payload
}

export interface MessageQueue extends IpcObject {
  /** The first of them; a queue that was made to fill the memory has more. */
  readonly messages: readonly IpcMessage[]
  readonly messageCount: number
}

const keptMessages = 100

/** `ipcns-msg-ID.img` */
export const messageQueuesImage = imageOf(imageTypes.IPCNS_MSG, () => {
  const queues: MessageQueue[] = []
  let kept: IpcMessage[] = []
  return {
    add({ type, message, payloads: [bytes] }) {
      if (type === ipc_msg_entry) {
        const { desc, qnum } = message as Message<typeof ipc_msg_entry>
        kept = []
        queues.push({ ...buildIpcObject(desc), messages: kept, messageCount: qnum })
      } else if (type === ipc_msg && bytes && kept.length < keptMessages) {
        kept.push({ type: (message as Message<typeof ipc_msg>).mtype, bytes })
      }
    },
    end: (): readonly MessageQueue[] => queues,
  }
})
