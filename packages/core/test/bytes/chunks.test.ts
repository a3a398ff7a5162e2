import { deepEqual, equal, rejects } from 'node:assert/strict'
import { chunks, memorySource } from '@kubectl-checkpoint/core/bytes'
import { failingSource } from '@kubectl-checkpoint/test-support'
import fc from 'fast-check'

const collect = async (parts: AsyncIterable<Uint8Array>) => Buffer.concat(await Array.fromAsync(parts))

describe('chunks', () => {
  it('gives every byte once and in order, whatever the lengths', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 0, max: 5 }),
        async (bytes, chunkLength, ahead) => {
          deepEqual(await collect(chunks(memorySource(bytes), { chunkLength, ahead })), Buffer.from(bytes))
        },
      ),
    )
  })
  it('reads no further ahead than told', async () => {
    let started = 0
    const source = failingSource(memorySource(new Uint8Array(100)), () => {
      started += 1
      return undefined
    })
    const parts = chunks(source, { chunkLength: 10, ahead: 2 })
    await parts.next()
    equal(started, 3)
    await parts.return(undefined)
  })
  it('fails at the chunk that cannot be read', async () => {
    const source = failingSource(memorySource(new Uint8Array(100)), (read) =>
      read === 3 ? new Error('cut') : undefined,
    )
    await rejects(collect(chunks(source, { chunkLength: 10, ahead: 2 })), /cut/)
  })
})
