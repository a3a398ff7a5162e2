import { deepEqual, equal, rejects } from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { memorySource } from '../../src/bytes/memory-source.ts'
import { findSpool, openSpool } from '../../src/bytes/spool.ts'

const bytes = randomBytes(3 * 2 ** 20)
const compressed = memorySource(zstdCompressSync(bytes), 'web.tar.zst')

describe('openSpool', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spool-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('gives what was compressed, at any offset, and leaves nothing behind', async () => {
    {
      await using spool = await openSpool(compressed, 'zstd', { folder })
      deepEqual([spool.size, spool.label], [bytes.length, 'web.tar.zst'])
      deepEqual(Buffer.from(await spool.read(2_000_000, 1000)), bytes.subarray(2_000_000, 2_001_000))
      // Also a process that is killed leaves nothing.
      if (process.platform !== 'win32') deepEqual(await readdir(folder), [])
    }
    deepEqual(await readdir(folder), [])
  })
  it('takes gzip, too', async () => {
    await using spool = await openSpool(memorySource(gzipSync(bytes)), 'gzip', { folder })
    deepEqual(Buffer.from(await spool.read(0, bytes.length)), bytes)
  })
  it('keeps it for its owner alone, to be found the next time', async () => {
    equal(await findSpool(folder, 'kept.tar', 'web'), undefined)
    {
      await using spool = await openSpool(compressed, 'zstd', { folder, keepAs: 'kept.tar' })
      equal(spool.label, 'web.tar.zst')
    }
    deepEqual(await readdir(folder), ['kept.tar'])
    equal((await stat(join(folder, 'kept.tar'))).mode & 0o777, 0o600)
    await using again = await findSpool(folder, 'kept.tar', 'web')
    equal(again?.label, 'web')
    deepEqual(Buffer.from((await again?.read(5, 5)) ?? []), bytes.subarray(5, 10))
  })
  it('uses what another command kept meanwhile', async () => {
    const keep = () => openSpool(compressed, 'zstd', { folder, keepAs: 'kept.tar' })
    const spools = await Promise.all([keep(), keep()])
    for (const spool of spools) {
      deepEqual(Buffer.from(await spool.read(0, 9)), bytes.subarray(0, 9))
      await spool[Symbol.asyncDispose]()
    }
    deepEqual(await readdir(folder), ['kept.tar'])
  })
  it('leaves nothing behind if it cannot be completed', async () => {
    const source = memorySource(zstdCompressSync(bytes).subarray(0, 2 ** 20))
    for (const keep of [{}, { keepAs: 'kept.tar' }]) {
      await rejects(openSpool(source, 'zstd', { folder, ...keep }), { code: 'COMPRESSED_TRUNCATED' })
      const reason = new Error('stop')
      const cancel = new AbortController()
      const onProgress = () => cancel.abort(reason)
      const opening = openSpool(memorySource(gzipSync(randomBytes(2 ** 23))), 'gzip', {
        folder,
        ...keep,
        signal: cancel.signal,
        onProgress,
      })
      await rejects(opening, reason)
      deepEqual(await readdir(folder), [])
    }
  })
  it('says DISK_FULL before it is', async () => {
    let free = 2 ** 40
    const freeBytes = async () => {
      free /= 2 ** 10
      return free
    }
    const source = memorySource(zstdCompressSync(Buffer.alloc(2 ** 28)))
    await rejects(openSpool(source, 'zstd', { folder, freeBytes }), { code: 'DISK_FULL' })
    deepEqual(await readdir(folder), [])
  })
  it('asks the system what is free', async () => {
    await rejects(openSpool(compressed, 'zstd', { folder, marginBytes: 2 ** 62 }), { code: 'DISK_FULL' })
  })
  it('says FILE_NOT_WRITABLE of a folder that is not there', async () => {
    await rejects(openSpool(compressed, 'zstd', { folder: join(folder, 'none') }), {
      code: 'FILE_NOT_WRITABLE',
    })
  })
})
