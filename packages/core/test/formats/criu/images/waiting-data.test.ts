import { deepEqual, equal, ok } from 'node:assert/strict'
import {
  fifoDataImage,
  filesImage,
  type ImageKind,
  type Payload,
  pipeDataImage,
  readImage,
  socketQueuesImage,
} from '@kubectl-checkpoint/core/formats/criu'
import { findInSet, readFromSet } from '../real-images.ts'

type SetName = Parameters<typeof findInSet>[0]

/** What waits, and as what. */
async function readTexts<Value extends { readonly content: Payload }>(
  kind: ImageKind<readonly Value[]>,
  set: SetName,
  path: string,
): Promise<readonly (Value & { readonly text: string })[]> {
  const source = findInSet(set, path)
  return await Promise.all(
    (await readImage(kind, source)).map(async (value) => {
      const { offset, length } = value.content
      return { ...value, text: Buffer.from(await source.read(offset, length)).toString() }
    }),
  )
}

describe('pipeDataImage', () => {
  it('knows what waits in a pipe, and how much it may hold', async () => {
    const waiting = await readTexts(pipeDataImage, 'descriptors', 'pipes-data.img')
    const pipe = waiting.find(({ text }) => text === 'PIPE-MARKER')
    equal(pipe?.capacity, 8192)
    const files = await readFromSet(filesImage, 'descriptors', 'files.img')
    ok([...files.values()].some((file) => file.kind === 'pipe' && file.pipeId === pipe.pipeId))
  })
})

describe('fifoDataImage', () => {
  it('knows what waits in a FIFO', async () => {
    const [fifo] = await readTexts(fifoDataImage, 'descriptors', 'fifo-data.img')
    equal(fifo?.text, 'FIFO-MARKER')
  })
})

describe('socketQueuesImage', () => {
  it('knows what waits in sockets, message by message', async () => {
    const texts = (await readTexts(socketQueuesImage, 'sockets', 'sk-queues.img')).map(({ text }) => text)
    deepEqual(texts, ['STREAM-MARKER', 'packet one', 'packet two', 'A-DESCRIPTOR'])
  })
  it('knows which files a message hands over', async () => {
    const messages = await readTexts(socketQueuesImage, 'sockets', 'sk-queues.img')
    const [handed] = messages.find(({ text }) => text === 'A-DESCRIPTOR')?.handedFileIds ?? []
    ok(handed !== undefined)
    ok((await readFromSet(filesImage, 'sockets', 'files.img')).has(handed))
  })
})
