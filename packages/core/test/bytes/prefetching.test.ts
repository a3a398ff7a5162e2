import { deepEqual, equal, rejects } from 'node:assert/strict'
import { countingSource, memorySource, prefetching } from '@kubectl-checkpoint/core/bytes'
import { failingSource } from '@kubectl-checkpoint/test-support'

const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index & 0xff)
const neighbours = [0, 100, 200].map((offset) => ({ offset, length: 100 }))

describe('prefetching', () => {
  it('keeps of neighbours those that fit', async () => {
    const origin = countingSource(memorySource(bytes))
    const source = prefetching(origin, { capacity: 250 })
    await source.prefetch(neighbours)
    deepEqual([origin.reads, origin.bytesRead], [1, 250])
    deepEqual(await source.read(100, 100), bytes.slice(100, 200))
    equal(origin.reads, 1)
    deepEqual(await source.read(200, 100), bytes.slice(200, 300))
    equal(origin.reads, 2)
  })
  it('has room again for what could not be read', async () => {
    const lost = new Error('lost')
    const origin = countingSource(memorySource(bytes))
    const source = prefetching(
      failingSource(origin, (read) => (read === 0 ? lost : undefined)),
      { capacity: 300 },
    )
    await rejects(source.prefetch(neighbours), lost)
    await source.prefetch(neighbours)
    equal(origin.reads, 1)
    await source.read(200, 100)
    equal(origin.reads, 1)
  })
})
