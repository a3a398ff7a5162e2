import { deepEqual, rejects } from 'node:assert/strict'
import { type FindFilesRequest, findFiles } from '@kubectl-checkpoint/core/actions'
import { craftPax, fixture } from '@kubectl-checkpoint/test-support'
import {
  containerdArchive,
  gzippedTar,
  podmanArchive,
  sparseGhostImage,
} from '../../checkpoint/filesystem/craft-files.ts'
import { offline, openDesk, options } from './offline.ts'

const find = async (conditions: Partial<FindFilesRequest>, archive = fixture('containerd-svc')) =>
  (await findFiles({ archive, ...conditions }, offline, options).result).items.map(({ path }) => path)

describe('findFiles', () => {
  it('finds by name, below a path', async () => {
    deepEqual(await find({ name: '*.json' }), ['/data/out/report.json'])
    deepEqual(await find({ name: '*d*', path: '/tmp' }), ['/tmp/mapped.dat'])
  })
  it('finds by type and by what became of files since the image', async () => {
    deepEqual(await find({ types: ['symlink'], changes: ['changed'] }), ['/data/out/link'])
    deepEqual(await find({ changes: ['deleted'] }), ['/tmp/gone'])
  })
  it('finds files by size, and folders never', async () => {
    deepEqual(await find({ size: { compare: 'more', bytes: 30 } }), ['/tmp/mapped.dat'])
    deepEqual(await find({ size: { compare: 'less', bytes: 19 }, path: 'memfd:cfg' }), ['memfd:cfg'])
    deepEqual(await find({ size: { compare: 'equal', bytes: 19 } }), ['/data/out/report.json'])
  })
  it('finds by time', async () => {
    const newerThan = new Date('2026-11-23T13:40:00Z')
    deepEqual(await find({ newerThan }), ['/tmp'])
  })
  it('finds by content in all parts of the archive, in order of paths', async () => {
    deepEqual(await find({ contains: 'MARKER' }), ['/tmp/gone', '/tmp/mapped.dat', 'memfd:cfg'])
    deepEqual(await find({ contains: 'no such text' }), [])
  })
  it('finds a text wherever chunks end, but not over a hole', async () => {
    await using desk = await openDesk()
    const at = (position: number, text: string) => `${'.'.repeat(position)}${text}`
    const archive = await desk.write(
      podmanArchive([
        sparseGhostImage('1', 2 ** 22, [[5, at(2 ** 20 - 3, 'needle')]]),
        sparseGhostImage('2', 20, [
          [0, 'nee'],
          [4, 'dle'],
        ]),
        sparseGhostImage('3', 20, [
          [0, 'nee'],
          [3, 'dle'],
        ]),
      ]),
    )
    deepEqual(await find({ contains: 'needle' }, archive), ['deleted:1', 'deleted:3'])
  })
  it('names what it could not search, and searches the rest', async () => {
    await using desk = await openDesk()
    const archive = await desk.write(
      podmanArchive([sparseGhostImage('1', 2, [[0, 'needle']]), sparseGhostImage('2', 6, [[0, 'needle']])]),
    )
    const { items, unreadable } = await findFiles({ archive, contains: 'needle' }, offline, options).result
    deepEqual(
      [items.map(({ path }) => path), unreadable.map(({ entry, code }) => [entry, code])],
      [['deleted:2'], [['deleted:1', 'BAD_FILE_CONTENT']]],
    )
  })
  it('knows no calendar that a crafted time is in', async () => {
    await using desk = await openDesk()
    const entries = [
      { name: 'x', flag: 'x', data: craftPax({ mtime: '9000000000000000' }) },
      { name: 'late' },
    ]
    const archive = await desk.write(
      containerdArchive([{ name: 'rootfs-diff.tar', data: gzippedTar(entries) }]),
    )
    const { items } = await findFiles({ archive, name: 'late' }, offline, options).result
    deepEqual(
      items.map(({ modifiedAt }) => modifiedAt),
      [undefined],
    )
  })
  it('says FILE_NOT_IN_ARCHIVE of a place that is not there', async () => {
    await rejects(find({ path: '/nowhere' }), { code: 'FILE_NOT_IN_ARCHIVE' })
  })
})
