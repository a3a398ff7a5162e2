import type { IpcNamespaceDocument } from '../../documents/index.ts'
import {
  type IpcObject,
  ipcSettingsImage,
  messageQueuesImage,
  type Payload,
  semaphoreSetsImage,
  sharedMemorySegmentsImage,
} from '../../formats/criu/index.ts'
import type { ImageReader } from './image-reader.ts'

/** What is in an IPC namespace, contents of messages and semaphores included. */
export async function readIpc(images: ImageReader, id: number): Promise<IpcNamespaceDocument | undefined> {
  const settings = await images.read(`ipcns-var-${id}`, ipcSettingsImage)
  const segments = (await images.read(`ipcns-shm-${id}`, sharedMemorySegmentsImage)) ?? []
  const messageQueues = await readMessageQueues(images, `ipcns-msg-${id}`)
  const semaphores = await readSemaphores(images, `ipcns-sem-${id}`)
  const isEmpty = segments.length + messageQueues.length + semaphores.length === 0
  if (isEmpty && !settings) return undefined
  return {
    sharedMemory: segments.map((segment) => ({ ...describe(segment), sizeBytes: segment.sizeBytes })),
    messageQueues,
    semaphores,
    settings: settings ?? {},
  }
}

async function readMessageQueues(
  images: ImageReader,
  name: string,
): Promise<IpcNamespaceDocument['messageQueues']> {
  const queues = (await images.read(name, messageQueuesImage)) ?? []
  if (queues.length === 0) return []
  const bytes = await images.readBytes(name, (whole) => whole)
  return queues.map((queue) => ({
    ...describe(queue),
    messageCount: queue.messageCount,
    messages: queue.messages.map((message) => ({
      type: String(message.type),
      sizeBytes: message.bytes.length,
      preview: preview(bytes, message.bytes),
    })),
  }))
}

const previewLength = 64

/** What a terminal would show of it is worth more than all of it. */
const preview = (bytes: Uint8Array | undefined, payload: Payload): string =>
  Buffer.from(cut(bytes, payload).subarray(0, previewLength))
    .toString('latin1')
    .replace(/[^\x20-\x7e]/g, '.')

async function readSemaphores(
  images: ImageReader,
  name: string,
): Promise<IpcNamespaceDocument['semaphores']> {
  const sets = (await images.read(name, semaphoreSetsImage)) ?? []
  if (sets.length === 0) return []
  const bytes = await images.readBytes(name, (whole) => whole)
  return sets.map((set) => ({ ...describe(set), values: readValues(cut(bytes, set.values)) }))
}

function readValues(bytes: Uint8Array): readonly number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: bytes.length >> 1 }, (_, index) => view.getUint16(index * 2, true))
}

const cut = (bytes: Uint8Array = new Uint8Array(), { offset, length }: Payload): Uint8Array =>
  bytes.subarray(offset, offset + length)

const describe = ({ key, id, mode, uid, gid }: IpcObject) => ({
  key: `0x${key.toString(16)}`,
  id,
  mode: (mode & 0o777).toString(8).padStart(3, '0'),
  uid,
  gid,
})
