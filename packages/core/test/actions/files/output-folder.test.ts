import { deepEqual, equal, rejects } from 'node:assert/strict'
import { link, lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OutputFolder, writing } from '../../../src/actions/files/output-folder.ts'
import { type Desk, openDesk } from './offline.ts'

describe('OutputFolder', () => {
  const open = (desk: Desk, overwrite = true) => OutputFolder.open(desk.folder, overwrite)
  const write = (text: string) => (path: string) => writeFile(path, text)

  it('follows no link to a folder', async () => {
    await using desk = await openDesk()
    const output = await open(desk)
    await mkdir(`${desk.folder}-outside`)
    await symlink(`${desk.folder}-outside`, join(desk.folder, 'link'))
    await rejects(output.makeFolder(['link', 'sub']), { reason: 'name-taken' })
    await rejects(output.place(['link', 'file'], write('x')), { reason: 'name-taken' })
    deepEqual(await readdir(`${desk.folder}-outside`), [])
  })
  it('replaces a link itself, and not what it leads to', async () => {
    await using desk = await openDesk()
    const output = await open(desk)
    await writeFile(`${desk.folder}-outside`, 'safe')
    for (const [name, make] of [
      ['symbolic', symlink],
      ['hard', link],
    ] as const) {
      await make(`${desk.folder}-outside`, join(desk.folder, name))
      await output.place([name], write('new'))
      equal(await readFile(join(desk.folder, name), 'utf8'), 'new')
    }
    equal(await readFile(`${desk.folder}-outside`, 'utf8'), 'safe')
  })
  it('replaces nothing that it made itself, as where names differ in case only for the container', async () => {
    await using desk = await openDesk()
    const output = await open(desk)
    await output.place(['a'], write('first'))
    await rejects(output.place(['a'], write('second')), { reason: 'name-taken' })
    equal(await readFile(join(desk.folder, 'a'), 'utf8'), 'first')
    deepEqual(await readdir(desk.folder), ['a'])
  })
  it('replaces nothing at all unless it may', async () => {
    await using desk = await openDesk()
    const output = await open(desk, false)
    await writeFile(join(desk.folder, 'a'), 'mine')
    await rejects(output.place(['a'], write('x')), { reason: 'name-taken' })
    equal(await readFile(join(desk.folder, 'a'), 'utf8'), 'mine')
  })
  it('leaves in place what others put into its folders, when it removes them', async () => {
    await using desk = await openDesk()
    const output = await open(desk)
    await output.place(['a', 'b', 'ours'], write('x'))
    await writeFile(join(desk.folder, 'a/theirs'), 'x')
    await output.undo()
    deepEqual(await readdir(desk.folder, { recursive: true }), ['a', 'a/theirs'])
  })
})

describe('writing', () => {
  const failing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }))

  it('refuses names and sizes that file systems refuse, and gives up on what they have no space for', async () => {
    await rejects(writing('x', failing('ENAMETOOLONG')), { reason: 'name-unusable' })
    await rejects(
      writing('x', () => lstat('x\0')),
      { reason: 'name-unusable' },
    )
    await rejects(writing('x', failing('EFBIG')), { reason: 'too-large' })
    await rejects(writing('x', failing('ENOSPC')), { code: 'FILE_NOT_WRITABLE', hint: /with space/ })
    await rejects(writing('x', failing('EPERM')), { code: 'FILE_NOT_WRITABLE', hint: /--same-owner/ })
  })
})
