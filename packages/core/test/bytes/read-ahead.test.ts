import { equal, rejects } from 'node:assert/strict'
import { countingSource, memorySource, readAhead } from '@kubectl-checkpoint/core/bytes'
import { failingSource } from '@kubectl-checkpoint/test-support'

const megabyte = memorySource(new Uint8Array(1024 * 1024))

describe('readAhead', () => {
  it('turns neighbouring small reads into one', async () => {
    const counted = countingSource(megabyte)
    const source = readAhead(counted, { windowLength: 64 * 1024 })
    for (let offset = 0; offset < 64 * 1024; offset += 512) await source.read(offset, 512)
    equal(counted.reads, 1)
    equal(counted.bytesRead, 64 * 1024)
  })
  it('shares a window between reads that overlap in time', async () => {
    const counted = countingSource(megabyte)
    const source = readAhead(counted, { windowLength: 64 * 1024 })
    await Promise.all([source.read(0, 10), source.read(100, 10), source.read(5000, 10)])
    equal(counted.reads, 1)
  })
  it('passes large reads through and reads no further than the end', async () => {
    const counted = countingSource(megabyte)
    const source = readAhead(counted, { windowLength: 64 * 1024 })
    await source.read(0, 128 * 1024)
    await source.read(megabyte.size - 10, 10)
    equal(counted.bytesRead, 128 * 1024 + 10)
  })
  it('forgets the least recently used window', async () => {
    const counted = countingSource(megabyte)
    const source = readAhead(counted, { windowLength: 1024, windows: 2 })
    await source.read(0, 1)
    await source.read(10_000, 1)
    await source.read(0, 1)
    await source.read(20_000, 1)
    await source.read(0, 1)
    equal(counted.reads, 3)
    await source.read(10_000, 1)
    equal(counted.reads, 4)
  })
  it('ends at once when a read hangs and its signal aborts', async () => {
    const hanging = { ...megabyte, read: () => new Promise<never>(() => {}) }
    const cancel = new AbortController()
    const reading = readAhead(hanging).read(0, 10, { signal: cancel.signal })
    const reason = new Error('enough')
    cancel.abort(reason)
    await rejects(reading, reason)
  })
  it('reads again after a failure', async () => {
    const source = readAhead(failingSource(megabyte, (read) => (read === 0 ? new Error('cut') : undefined)))
    await rejects(source.read(0, 10), /cut/)
    equal((await source.read(0, 10)).length, 10)
  })
})
