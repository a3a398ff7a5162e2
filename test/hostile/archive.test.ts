import { deepEqual, equal, ok } from 'node:assert/strict'
import { type ByteSource, memorySource, openLocalFile } from '@kubectl-checkpoint/core/bytes'
import { readTarIndex } from '@kubectl-checkpoint/core/formats/tar'
import { fixture, virtualSource } from '@kubectl-checkpoint/test-support'
import fc from 'fast-check'
import { craftCheckpoint, paddingAddress } from '../../packages/core/test/checkpoint/craft-checkpoint.ts'
import { readArchive } from './read-archive.ts'

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
    equal(await readArchive(crafted), 'read')
    const whole = await crafted.read(0, crafted.size)
    const codes = new Set<string>()
    for (const length of await listCuts(crafted)) {
      const outcome = await readArchive(memorySource(whole.subarray(0, length)))
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
        await readArchive(damaged(crafted, new Map([[at, value]])))
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
        await readArchive(memorySource(withChecksums(bytes)))
      }),
      { numRuns: 1000 },
    )
  })
  it('is read or refused if a real one is damaged where its images are', async () => {
    await using file = await openLocalFile(fixture('crio-miner'))
    equal(await readArchive(file), 'read')
    // Before the pages, which only the arguments are read of.
    const change = fc.tuple(fc.nat(170_000), byte)
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        await readArchive(damaged(file, new Map(changes)))
      }),
      { numRuns: 300 },
    )
  })
  it('is refused if it lists a process thousands of times', async () => {
    const listed = Array.from({ length: 60_000 }, () => ({ pid: 1, ppid: 0 }))
    const outcome = await readArchive(virtualSource(craftCheckpoint([{ pid: 1, ppid: 0 }], listed)))
    ok(outcome !== 'read')
    equal(outcome.code, 'BAD_PROCESS_TREE')
  })
  it('is refused if it lists more siblings than can be dumped', async () => {
    const listed = Array.from({ length: 150_000 }, (_, index) => ({ pid: index + 1, ppid: 1 }))
    const outcome = await readArchive(virtualSource(craftCheckpoint([{ pid: 1, ppid: 0 }], listed)))
    ok(outcome !== 'read')
    equal(outcome.code, 'IMAGE_TOO_LARGE')
  })
  it('is read once if all of its memory is the arguments of two processes', async () => {
    const length = 6 * 2 ** 20
    const range = { start: paddingAddress, end: paddingAddress + BigInt(length) }
    const processes = [1, 2].map((pid) => ({ pid, ppid: pid - 1, padding: length / 4096, range }))
    equal(await readArchive(virtualSource(craftCheckpoint(processes))), 'read')
  })
  it('is refused if it is nothing like an archive', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 4096 }), async (bytes) => {
        const outcome = await readArchive(memorySource(bytes))
        ok(outcome !== 'read')
      }),
      { numRuns: 300 },
    )
  })
})

/** Where what is being read changes, and a byte before and after: between blocks, and where an entry's data ends. */
async function listCuts(source: ByteSource): Promise<readonly number[]> {
  const { entries } = await readTarIndex(source)
  const blocks = Array.from({ length: source.size / 512 + 1 }, (_, index) => index * 512)
  const ends = entries.map(({ offset, size }) => offset + size)
  const cuts = new Set([...blocks, ...ends].flatMap((at) => [at - 1, at, at + 1]))
  return [...cuts].filter((at) => at >= 0 && at < source.size).sort((a, b) => a - b)
}

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
