import { deepEqual, equal, rejects } from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPartialFile } from '@kubectl-checkpoint/core/bytes'

describe('createPartialFile', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'partial-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('gives the final name only to the whole file, readable by its owner alone', async () => {
    const path = join(folder, 'final')
    {
      await using file = await createPartialFile(path)
      await file.write(Buffer.from('one '))
      await file.write(Buffer.from('two'))
      deepEqual(
        (await readdir(folder)).map((name) => /^final\.[0-9a-f]{8}\.partial$/.test(name)),
        [true],
      )
      await file.commit()
    }
    deepEqual(await readdir(folder), ['final'])
    equal(await readFile(path, 'utf8'), 'one two')
    if (process.platform !== 'win32') equal((await stat(path)).mode & 0o777, 0o600)
  })
  it('takes the longest name there can be', async () => {
    const path = join(folder, 'x'.repeat(255))
    await using file = await createPartialFile(path)
    await file.commit()
    deepEqual(await readdir(folder), ['x'.repeat(255)])
  })
  it('removes what was not committed', async () => {
    {
      await using file = await createPartialFile(join(folder, 'final'))
      await file.write(Buffer.from('half'))
    }
    deepEqual(await readdir(folder), [])
  })
  it('says FILE_EXISTS rather than replace what took the name meanwhile', async () => {
    const path = join(folder, 'final')
    {
      await using file = await createPartialFile(path)
      await writeFile(path, 'theirs')
      await rejects(file.commit(), { code: 'FILE_EXISTS' })
    }
    deepEqual(await readdir(folder), ['final'])
    equal(await readFile(path, 'utf8'), 'theirs')
  })
  it('says FILE_NOT_WRITABLE where it can go on no longer', async () => {
    await using file = await createPartialFile(join(folder, 'final'))
    await file.write(Buffer.from('half'))
    await rm(file.path)
    await rejects(file.commit(), { code: 'FILE_NOT_WRITABLE' })
    await rejects(file.write(Buffer.from('more')), { code: 'FILE_NOT_WRITABLE' })
  })
  it('says FILE_NOT_WRITABLE where it may not write', async () => {
    await rejects(createPartialFile(join(folder, 'no-such-folder', 'final')), { code: 'FILE_NOT_WRITABLE' })
  })
})
