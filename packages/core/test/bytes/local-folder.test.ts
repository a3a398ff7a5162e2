import { deepEqual, equal, rejects } from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readLocalFolder } from '../../src/bytes/local-folder.ts'

describe('readLocalFolder', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'local-folder-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const text = async (offset: number, length: number) => {
    const { source } = await readLocalFolder(folder)
    return Buffer.from(await source.read(offset, length)).toString()
  }

  it('lists what is in it and below, in order, and follows no link', async () => {
    await mkdir(join(folder, 'b'), { mode: 0o700 })
    await writeFile(join(folder, 'b', 'inner.img'), 'inner')
    await writeFile(join(folder, 'a.img'), 'first', { mode: 0o600 })
    await symlink('/etc', join(folder, 'parent'))
    execFileSync('sh', ['-c', 'mkfifo "$0"', join(folder, 'pipe')])
    const { entries, source } = await readLocalFolder(folder)
    deepEqual(
      entries.map(({ name, type, size, offset, mode, linkName }) => [
        name,
        type,
        size,
        offset,
        mode & 0o700,
        linkName,
      ]),
      [
        ['a.img', 'file', 5, 0, 0o600, undefined],
        ['b', 'directory', 0, 5, 0o700, undefined],
        ['b/inner.img', 'file', 5, 5, 0o600, undefined],
        ['parent', 'symlink', 0, 10, 0o700, '/etc'],
        ['pipe', 'fifo', 0, 10, 0o600, undefined],
      ],
    )
    equal(source.size, 10)
  })
  it('leaves out sockets', async () => {
    const server = createServer().listen(join(folder, 'socket'))
    deepEqual((await readLocalFolder(folder)).entries, [])
    server.close()
  })
  it('reads across its files as if they were one', async () => {
    for (const name of ['a', 'b', 'c']) await writeFile(join(folder, name), name.repeat(4))
    await writeFile(join(folder, 'b-empty'), '')
    equal(await text(0, 12), 'aaaabbbbcccc')
    equal(await text(3, 6), 'abbbbc')
    equal(await text(4, 4), 'bbbb')
  })
  it('says CHANGED of a file that is another one since, and FILE_NOT_FOUND of one that is gone', async () => {
    await writeFile(join(folder, 'a'), 'same')
    const { source } = await readLocalFolder(folder)
    await writeFile(join(folder, 'new'), 'same')
    await rename(join(folder, 'new'), join(folder, 'a'))
    await rejects(source.read(0, 4), { code: 'CHANGED' })
    await rm(join(folder, 'a'))
    await rejects(source.read(0, 4), { code: 'FILE_NOT_FOUND' })
    await symlink('/etc/passwd', join(folder, 'a'))
    await rejects(source.read(0, 4), { code: 'FILE_NOT_READABLE' })
  })
  it('refuses a folder with more in it than any checkpoint', async () => {
    for (const name of ['a', 'b', 'c']) await writeFile(join(folder, name), '')
    await rejects(readLocalFolder(folder, { maxEntries: 2 }), { code: 'FOLDER_TOO_LARGE' })
    equal((await readLocalFolder(folder, { maxEntries: 3 })).entries.length, 3)
  })
  it('says what it cannot list', async () => {
    await rejects(readLocalFolder(join(folder, 'none')), { code: 'FILE_NOT_FOUND' })
    await writeFile(join(folder, 'file'), '')
    await rejects(readLocalFolder(join(folder, 'file')), { code: 'FILE_NOT_READABLE' })
  })
})
