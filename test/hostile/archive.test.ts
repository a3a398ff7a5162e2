import { deepEqual, equal, ok } from 'node:assert/strict'
import { type ByteSource, memorySource, openLocalFile } from '@kubectl-checkpoint/core/bytes'
import { openArchive } from '@kubectl-checkpoint/core/checkpoint/archive'
import { readInventory, readProcesses } from '@kubectl-checkpoint/core/checkpoint/process'
import { CheckpointError } from '@kubectl-checkpoint/core/errors'
import { fixture, virtualSource } from '@kubectl-checkpoint/test-support'
import fc from 'fast-check'
import { craftCheckpoint } from '../../packages/core/test/checkpoint/craft-checkpoint.ts'

/**
 * Everything that reads an archive. A typed error is an outcome; anything else that is thrown fails the test, and so
 * does OUT_OF_RANGE: it means that a length of the archive was believed.
 */
async function readAll(source: ByteSource): Promise<'read' | CheckpointError> {
  try {
    const archive = await openArchive(source)
    await readProcesses(archive)
    await readInventory(archive)
    return 'read'
  } catch (error) {
    if (error instanceof CheckpointError && error.code !== 'OUT_OF_RANGE') return error
    throw error
  }
}

/** The source with other bytes at some places. */
const damaged = (source: ByteSource, changes: ReadonlyMap<number, number>): ByteSource => ({
  label: source.label,
  size: source.size,
  async read(offset, length, options) {
    const bytes = await source.read(offset, length, options)
    for (const [at, byte] of changes) if (at >= offset && at < offset + length) bytes[at - offset] = byte
    return bytes
  },
})

const crafted = virtualSource(
  craftCheckpoint([
    { pid: 1, ppid: 0, args: ['app', 'serve'] },
    { pid: 2, ppid: 1, zombie: true },
  ]),
)
const byte = fc.integer({ min: 0, max: 255 })

describe('a hostile archive', () => {
  it('is read or refused wherever it is cut off', async () => {
    equal(await readAll(crafted), 'read')
    const whole = await crafted.read(0, crafted.size)
    const codes = new Set<string>()
    for (let length = 0; length < whole.length; length += 1) {
      const outcome = await readAll(memorySource(whole.subarray(0, length)))
      // One block of the end marker is enough of it.
      if (outcome === 'read') ok(length >= whole.length - 512, `${length} of ${whole.length} bytes`)
      else codes.add(outcome.code)
    }
    // Of less than a header no one can tell what it would have been.
    deepEqual([...codes], ['TAR_TRUNCATED', 'NOT_A_CHECKPOINT'])
  })
  it('is read or refused with a byte changed', async () => {
    const offset = fc.nat(crafted.size - 1)
    await fc.assert(
      fc.asyncProperty(offset, byte, async (at, value) => {
        await readAll(damaged(crafted, new Map([[at, value]])))
      }),
      { numRuns: 2000 },
    )
  })
  it('is read or refused with many bytes changed, checksums set right', async () => {
    const whole = await crafted.read(0, crafted.size)
    const change = fc.tuple(fc.nat(crafted.size - 1), byte)
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
        const bytes = whole.slice()
        for (const [at, value] of changes) bytes[at] = value
        await readAll(memorySource(withChecksums(bytes)))
      }),
      { numRuns: 1000 },
    )
  })
  it('is read or refused if a real one is damaged where its images are', async () => {
    await using file = await openLocalFile(fixture('crio-miner'))
    equal(await readAll(file), 'read')
    // Before the pages, which only the arguments are read of.
    const change = fc.tuple(fc.nat(170_000), byte)
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        await readAll(damaged(file, new Map(changes)))
      }),
      { numRuns: 300 },
    )
  })
  it('is refused if it is nothing like an archive', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 4096 }), async (bytes) => {
        const outcome = await readAll(memorySource(bytes))
        ok(outcome !== 'read')
      }),
      { numRuns: 300 },
    )
  })
})

/** Sets right the checksum of each block that has the magic of a header, so that damage gets behind it. */
function withChecksums(bytes: Uint8Array): Uint8Array {
  for (let start = 0; start + 512 <= bytes.length; start += 512) {
    const block = Buffer.from(bytes.buffer, bytes.byteOffset + start, 512)
    if (block.toString('latin1', 257, 262) !== 'ustar') continue
    block.fill(' ', 148, 156)
    const sum = block.reduce((total, value) => total + value, 0)
    block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  }
  return bytes
}
