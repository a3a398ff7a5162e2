import { deepEqual, rejects } from 'node:assert/strict'
import { memorySource } from '@kubectl-checkpoint/core/bytes'
import type { Entry } from '@kubectl-checkpoint/core/formats/criu'
import { countingSource } from '@kubectl-checkpoint/test-support'
import type { ImageType } from '../../../src/formats/criu/image-type.ts'
import { imageTypes } from '../../../src/formats/criu/image-types.ts'
import { ghost_chunk_entry, ghost_file_entry } from '../../../src/formats/criu/messages/hidden-files.ts'
import { ipc_msg, ipc_msg_entry, ipc_sem_entry } from '../../../src/formats/criu/messages/ipc.ts'
import { pipe_data_entry } from '../../../src/formats/criu/messages/pipes.ts'
import { pstree_entry } from '../../../src/formats/criu/messages/process.ts'
import { readEntries } from '../../../src/formats/criu/read-entries.ts'
import { craftImage, craftMessage, words } from './craft-image.ts'

const { PSTREE } = imageTypes
const service = 0x55105940
const processes = [1, 8, 300].map((pid) => craftMessage(pstree_entry, { pid, ppid: 0, pgid: 1, sid: 1 }))

async function read<Message>(type: ImageType<Message>, bytes: Uint8Array): Promise<Entry<Message>[]> {
  const entries: Entry<Message>[] = []
  for await (const batch of readEntries(type, memorySource(bytes, 'crafted'))) entries.push(...batch)
  return entries
}
const pids = async (bytes: Uint8Array) => (await read(PSTREE, bytes)).map(({ message }) => message.pid)
const framed = (message: Uint8Array) => Buffer.concat([words(message.length), message])
const payloads = async (type: ImageType<unknown>, bytes: Uint8Array) =>
  (await read(type, bytes)).map((entry) =>
    entry.payloads.map(({ offset, length }) =>
      Buffer.from(bytes.subarray(offset, offset + length)).toString(),
    ),
  )

describe('readEntries', () => {
  it('splits an image of today', async () => {
    deepEqual(await pids(craftImage(PSTREE.magic, processes)), [1, 8, 300])
  })
  it('splits a service image', async () => {
    deepEqual(await pids(craftImage(PSTREE.magic, processes, service)), [1, 8, 300])
  })
  it('splits an image of old CRIU and inventory.img, which begin with their magic word', async () => {
    deepEqual(await pids(craftImage(PSTREE.magic, processes).subarray(4)), [1, 8, 300])
  })
  it('takes an image without messages', async () => {
    deepEqual(await pids(craftImage(PSTREE.magic, [])), [])
  })
  it('refuses an image of another type', async () => {
    await rejects(pids(craftImage(imageTypes.CORE.magic, processes)), {
      name: 'CriuError',
      code: 'BAD_MAGIC',
      message: 'crafted: the magic word is 0x55053847, not 0x50273030',
    })
  })
  it('refuses an image that ends anywhere but after a message', async () => {
    const whole = craftImage(PSTREE.magic, processes)
    const ends = new Set([8])
    for (const { length } of processes) ends.add(Math.max(...ends) + 4 + length)
    for (let length = 0; length < whole.length; length += 1) {
      if (ends.has(length)) continue
      await rejects(pids(whole.subarray(0, length)), { code: 'IMAGE_TRUNCATED' }, `cut at ${length}`)
    }
  })
  it('believes no length', async () => {
    const lying = Buffer.concat([craftImage(PSTREE.magic, []), words(0xffffffff)])
    await rejects(pids(lying), { code: 'IMAGE_TRUNCATED' })
  })
  it('decodes no message that is larger than any of CRIU', async () => {
    const huge = Buffer.concat([craftImage(PSTREE.magic, []), words(2 ** 25), Buffer.alloc(2 ** 25)])
    await rejects(pids(huge), { code: 'IMAGE_TOO_LARGE' })
  })
  it('reads a megabyte at a time, and messages that lie across', async () => {
    const threads = Array(300_000).fill(1)
    const message = craftMessage(pstree_entry, { pid: 7, ppid: 0, pgid: 1, sid: 1, threads })
    const image = craftImage(PSTREE.magic, [message, message, message, message])
    const source = countingSource(memorySource(image))
    const counts: number[] = []
    for await (const batch of readEntries(PSTREE, source)) {
      counts.push(...batch.map(({ message }) => message.threads.length))
    }
    deepEqual(counts, [300_000, 300_000, 300_000, 300_000])
    deepEqual([message.length > 600_000, source.reads], [true, 4])
  })
  it('passes on what went wrong with reading', async () => {
    const source = {
      ...memorySource(processes[0] ?? new Uint8Array()),
      read: () => Promise.reject(new Error('gone')),
    }
    await rejects(async () => {
      for await (const _ of readEntries(PSTREE, source));
    }, /gone/)
  })
})

describe('what follows a message', () => {
  it('is stepped over and not read', async () => {
    const data = (length: number) => [
      framed(craftMessage(pipe_data_entry, { pipe_id: length, bytes: length })),
      Buffer.alloc(length),
    ]
    const image = Buffer.concat([
      craftImage(imageTypes.PIPES_DATA.magic, []),
      ...data(0),
      ...data(3_000_000),
      ...data(1),
    ])
    const source = countingSource(memorySource(image))
    const ids: number[] = []
    for await (const batch of readEntries(imageTypes.PIPES_DATA, source)) {
      ids.push(...batch.map(({ message }) => message.pipe_id))
    }
    deepEqual(ids, [0, 3_000_000, 1])
    deepEqual([source.reads, source.bytesRead < 70_000], [2, true])
  })
  it('lies in the image', async () => {
    const image = Buffer.concat([
      craftImage(imageTypes.PIPES_DATA.magic, []),
      framed(craftMessage(pipe_data_entry, { pipe_id: 1, bytes: 4 })),
      Buffer.from('abc'),
    ])
    await rejects(read(imageTypes.PIPES_DATA, image), { code: 'IMAGE_TRUNCATED' })
  })
  it('is all that is left of a ghost file, or its pieces', async () => {
    const { GHOST_FILE } = imageTypes
    const whole = craftImage(GHOST_FILE.magic, [craftMessage(ghost_file_entry, {})])
    deepEqual(await payloads(GHOST_FILE, Buffer.concat([whole, Buffer.from('content')])), [['content']])
    const inPieces = Buffer.concat([
      craftImage(GHOST_FILE.magic, [craftMessage(ghost_file_entry, { chunks: true })]),
      framed(craftMessage(ghost_chunk_entry, { len: 3n, off: 0n })),
      Buffer.from('one'),
      framed(craftMessage(ghost_chunk_entry, { len: 5n, off: 4096n })),
      Buffer.from('three'),
    ])
    deepEqual(await payloads(GHOST_FILE, inPieces), [[], ['one'], ['three']])
  })
  it('believes no length of a piece', async () => {
    const { GHOST_FILE } = imageTypes
    const lying = craftImage(GHOST_FILE.magic, [
      craftMessage(ghost_file_entry, { chunks: true }),
      craftMessage(ghost_chunk_entry, { len: 2n ** 64n - 1n, off: 0n }),
    ])
    await rejects(read(GHOST_FILE, lying), { code: 'IMAGE_TRUNCATED' })
  })
  it('is filled up to a multiple of eight for System V', async () => {
    const set = (nsems: number, data: string) => [
      framed(craftMessage(ipc_sem_entry, { desc: {}, nsems })),
      Buffer.from(data),
    ]
    const image = Buffer.concat([
      craftImage(imageTypes.IPCNS_SEM.magic, []),
      ...set(0, ''),
      ...set(3, 'aabbcc..'),
      ...set(4, 'aabbccdd'),
      ...set(1, 'aa'),
    ])
    deepEqual(await payloads(imageTypes.IPCNS_SEM, image), [[''], ['aabbcc'], ['aabbccdd'], ['aa']])
  })
  it('may be messages of another type', async () => {
    const queue = (qnum: number) => framed(craftMessage(ipc_msg_entry, { desc: {}, qnum }))
    const text = (data: string, filling: string) => [
      framed(craftMessage(ipc_msg, { mtype: 1n, msize: data.length })),
      Buffer.from(data + filling),
    ]
    const image = Buffer.concat([
      craftImage(imageTypes.IPCNS_MSG.magic, []),
      queue(2),
      ...text('hello', '...'),
      ...text('12345678', ''),
      queue(0),
      queue(1),
      ...text('', ''),
    ])
    deepEqual(await payloads(imageTypes.IPCNS_MSG, image), [[], ['hello'], ['12345678'], [], [], ['']])
    await rejects(
      read(imageTypes.IPCNS_MSG, Buffer.concat([craftImage(imageTypes.IPCNS_MSG.magic, []), queue(9)])),
      {
        code: 'IMAGE_TRUNCATED',
      },
    )
  })
})
