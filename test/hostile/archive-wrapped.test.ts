import { deepEqual, equal, ok } from 'node:assert/strict'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { memorySource } from '@kubectl-checkpoint/core/bytes'
import {
  craftImageLayout,
  craftOciImage,
  craftTar,
  type Part,
  virtualSource,
} from '@kubectl-checkpoint/test-support'
import fc from 'fast-check'
import { craftCheckpoint } from '../../packages/core/test/checkpoint/craft-checkpoint.ts'
import { readCompressedArchive } from './read-archive.ts'

async function bytesOf(parts: readonly Part[]): Promise<Buffer> {
  const source = virtualSource(parts)
  return Buffer.from(await source.read(0, source.size))
}
const read = (bytes: Uint8Array) => readCompressedArchive(memorySource(bytes))

describe('a hostile compressed archive or image', () => {
  const wrapped: Record<string, Buffer> = {}
  before(async () => {
    const archive = await bytesOf(craftCheckpoint([{ pid: 1, ppid: 0, args: ['app', 'serve'] }]))
    const { blobs, manifest } = craftOciImage([gzipSync(archive)])
    wrapped.gzip = gzipSync(archive)
    wrapped.zstd = zstdCompressSync(archive)
    wrapped.image = await bytesOf(craftTar(craftImageLayout(blobs, [manifest])))
  })

  for (const name of ['gzip', 'zstd', 'image']) {
    const get = () => wrapped[name] ?? Buffer.alloc(0)

    it(`is read or refused wherever ${name} is cut off`, async () => {
      equal(await read(get()), 'read')
      const codes = new Set<string>()
      // One block of a tar's end marker is enough of it.
      const end = get().length - (name === 'image' ? 1024 : 0)
      for (let length = 0; length < end; length += 7) {
        const outcome = await read(get().subarray(0, length))
        ok(outcome !== 'read', `${length} bytes`)
        codes.add(outcome.code)
      }
      const expected = ['TAR_TRUNCATED', name === 'image' ? 'NOT_A_CHECKPOINT' : 'COMPRESSED_TRUNCATED']
      deepEqual([...codes].toSorted(), expected.toSorted())
    })
    it(`is read or refused with bytes of ${name} changed`, async () => {
      const change = fc.tuple(
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.integer({ min: 0, max: 255 }),
      )
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
          const bytes = Buffer.from(get())
          for (const [at, value] of changes) bytes[Math.floor(at * bytes.length)] = value
          await read(bytes)
        }),
        { numRuns: 400 },
      )
    })
  }

  it('is refused if much more comes out than went in', async () => {
    const bomb = zstdCompressSync(Buffer.alloc(2 ** 27))
    ok(bomb.length < 2 ** 15)
    const outcome = await read(bomb)
    ok(outcome !== 'read')
    equal(outcome.code, 'INFLATED_TOO_LARGE')
  })
})
