import { rejects } from 'node:assert/strict'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLocalFile } from '@kubectl-checkpoint/core/bytes'

describe('openLocalFile', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'local-file-'))
  })
  after(() => rm(folder, { recursive: true }))

  it('says FILE_NOT_FOUND for a name that is not there', async () => {
    await rejects(openLocalFile(join(folder, 'none')), { code: 'FILE_NOT_FOUND' })
  })
  it('says FILE_NOT_READABLE for a folder', async () => {
    await rejects(openLocalFile(folder), { code: 'FILE_NOT_READABLE' })
  })
  it('says TRUNCATED when the file has become shorter', async () => {
    const path = join(folder, 'shorter')
    await writeFile(path, 'x'.repeat(1000))
    await using file = await openLocalFile(path)
    await truncate(path, 10)
    await rejects(file.read(500, 10), { code: 'TRUNCATED' })
  })
  it('says CHANGED when something was written to the file', async () => {
    const path = join(folder, 'changed')
    await writeFile(path, 'x'.repeat(1000))
    await using file = await openLocalFile(path)
    await writeFile(path, 'y'.repeat(1001))
    await rejects(file.read(0, 10), { code: 'CHANGED' })
  })
})
