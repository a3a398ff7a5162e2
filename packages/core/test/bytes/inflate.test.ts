import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { type Compression, findCompression } from '../../src/bytes/compression.ts'
import { type InflateOptions, inflate } from '../../src/bytes/inflate.ts'
import { memorySource } from '../../src/bytes/memory-source.ts'

const text = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 31 + (at >> 8)) & 0xff))
/** Of which less goes away, so that it isn't decompressed at once. */
const denseText = Buffer.from(Array.from({ length: 300_000 }, (_, at) => Math.sin(at) * 2 ** 20))
const compressors: Readonly<Record<Compression, (bytes: Uint8Array) => Buffer>> = {
  gzip: gzipSync,
  zstd: zstdCompressSync,
}

async function inflated(
  bytes: Uint8Array,
  compression: Compression,
  options?: InflateOptions,
): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(inflate(memorySource(bytes), compression, options)))
}

for (const compression of ['gzip', 'zstd'] as const) {
  const compress = compressors[compression]
  const compressed = compress(text)

  describe(`inflate of ${compression}`, () => {
    it('gives what was compressed', async () => {
      deepEqual(await inflated(compressed, compression), text)
      equal(await findCompression(memorySource(compressed)), compression)
    })
    it('gives what was compressed to something long', async () => {
      ok(compress(denseText).length > 100_000)
      deepEqual(await inflated(compress(denseText), compression), denseText)
    })
    it('gives all of something short that much comes out of', async () => {
      const zeros = Buffer.alloc(2 ** 24)
      deepEqual(await inflated(compress(zeros), compression), zeros)
    })
    it('gives all that was compressed piece by piece, empty pieces too', async () => {
      const pieces = [text, Buffer.alloc(0), text.subarray(0, 5), text]
      deepEqual(await inflated(Buffer.concat(pieces.map(compress)), compression), Buffer.concat(pieces))
    })
    it('tells how far it is', async () => {
      const progress: [number, number][] = []
      await inflated(compressed, compression, { onProgress: (...told) => progress.push(told) })
      deepEqual(progress.at(-1), [compressed.length, text.length])
    })
    it('says COMPRESSED_TRUNCATED of what is cut off anywhere', async () => {
      for (const length of [4, 20, compressed.length >> 1, compressed.length - 1]) {
        const cut = compressed.subarray(0, length)
        await rejects(inflated(cut, compression), { code: 'COMPRESSED_TRUNCATED' }, `${length} bytes`)
        await rejects(inflated(Buffer.concat([compressed, cut]), compression), {
          code: 'COMPRESSED_TRUNCATED',
        })
      }
    })
    it('says COMPRESSED_DAMAGED of what was changed', async () => {
      const changed = Buffer.from(compressed)
      changed[changed.length - 6] = (changed.at(-6) ?? 0) ^ 0xff
      await rejects(inflated(changed, compression), { code: 'COMPRESSED_DAMAGED' })
    })
    it('says TRAILING_BYTES where something else follows', async () => {
      const followed = Buffer.concat([compressed, Buffer.from('something else')])
      await rejects(inflated(followed, compression), { code: 'TRAILING_BYTES' })
    })
    it('stops where more comes out than is allowed', async () => {
      await rejects(inflated(compress(Buffer.alloc(2 ** 25)), compression, { maxLength: 2 ** 24 }), {
        code: 'INFLATED_TOO_LARGE',
      })
    })
    it('throws the reason of an abort', async () => {
      const reason = new Error('stop')
      await rejects(inflated(compressed, compression, { signal: AbortSignal.abort(reason) }), reason)
    })
    it('reads no further for a reader that leaves', async () => {
      const source = memorySource(compress(Buffer.alloc(2 ** 25)))
      for await (const chunk of inflate(source, compression)) {
        ok(chunk.length > 0)
        break
      }
    })
  })
}

describe('inflate', () => {
  it('skips the frames that parallel compressors put in between', async () => {
    const skipped = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4])
    const whole = Buffer.concat([skipped, zstdCompressSync(text), skipped, zstdCompressSync(text)])
    equal(await findCompression(memorySource(whole)), 'zstd')
    deepEqual(await inflated(whole, 'zstd'), Buffer.concat([text, text]))
  })
  it('takes no more frames than any compressor writes', async () => {
    const frame = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0])
    const frames = Buffer.concat(Array.from({ length: 11 }, () => frame))
    await rejects(inflated(frames, 'zstd', { maxFrames: 10 }), {
      code: 'COMPRESSED_DAMAGED',
      message: /more than 10 frames/,
    })
    equal((await inflated(frames, 'zstd', { maxFrames: 11 })).length, 0)
  })
  it('takes zeros that fill a gzip file up', async () => {
    deepEqual(await inflated(Buffer.concat([gzipSync(text), Buffer.alloc(512)]), 'gzip'), text)
  })
})
