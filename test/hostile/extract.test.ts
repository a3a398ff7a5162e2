import { deepEqual, equal, ok } from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { type ExtractFilesRequest, extractFiles } from '@kubectl-checkpoint/core/actions'
import type { FileExtraction } from '@kubectl-checkpoint/core/documents'
import { type CraftedEntry, craftPax, craftTar, virtualSource } from '@kubectl-checkpoint/test-support'
import fc from 'fast-check'
import { extraction, offline } from '../../packages/core/test/actions/files/offline.ts'
import { metadataEntries } from '../../packages/core/test/checkpoint/craft-metadata.ts'

/** A folder to extract to, between things that nothing may touch. */
interface Trap extends AsyncDisposable {
  readonly folder: string
  extract(entries: readonly CraftedEntry[], flags?: Partial<ExtractFilesRequest>): Promise<FileExtraction>
  /** That all is as it was around the folder, and no link in it leads out of it. */
  check(): Promise<void>
}

async function openTrap(): Promise<Trap> {
  const root = await mkdtemp(join(tmpdir(), 'extract-test-'))
  const folder = join(root, 'sub/out')
  await mkdir(join(root, 'sub/etc'), { recursive: true })
  await writeFile(join(root, 'sub/etc/passwd'), 'safe')
  await writeFile(join(root, 'passwd'), 'safe')
  const outside = ['archive.tar', 'passwd', 'sub', 'sub/etc', 'sub/etc/passwd']
  return {
    folder,
    async extract(entries, flags = {}) {
      const source = virtualSource(
        craftTar([...metadataEntries(), { name: 'rootfs-diff.tar', data: craftTar(entries) }]),
      )
      const archive = join(root, 'archive.tar')
      await writeFile(archive, await source.read(0, source.size))
      const request = { ...extraction(archive, folder), ...flags }
      return extractFiles(request, offline, { signal: new AbortController().signal }).result
    },
    async check() {
      // With types, links are not followed: some of them go round in circles.
      const entries = await readdir(root, { recursive: true, withFileTypes: true })
      const names = entries.map(({ parentPath, name }) => relative(root, join(parentPath, name)))
      deepEqual(names.filter((name) => !/^sub\/out(\/|$)/.test(name)).sort(), outside)
      for (const name of ['passwd', 'sub/etc/passwd']) equal(await readFile(join(root, name), 'utf8'), 'safe')
      for (const entry of entries) {
        if (!entry.isSymbolicLink()) continue
        const target = resolve(entry.parentPath, await readlink(join(entry.parentPath, entry.name)))
        ok(!relative(folder, target).startsWith('..'), target)
      }
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true }),
  }
}

/** An entry whose name no header has room for, or that only extended headers can say. */
const named = (path: string, entry: Omit<CraftedEntry, 'name'> = {}): CraftedEntry[] => [
  { name: 'pax', flag: 'x', data: craftPax({ path }) },
  { name: 'x', ...entry },
]

describe('extracting a hostile archive', () => {
  it('writes nothing above the folder, whatever names say', async () => {
    await using trap = await openTrap()
    const { items, unreadable } = await trap.extract([
      { name: '../passwd', data: 'evil' },
      { name: '../../passwd', data: 'evil' },
      { name: '/../etc/passwd', data: 'evil' },
      { name: 'a/../../etc/passwd', data: 'evil' },
      { name: '..', flag: '5' },
      { name: '/etc/passwd', data: 'evil' },
    ])
    await trap.check()
    deepEqual(
      items.map(({ path }) => path),
      ['/etc', '/etc/passwd'],
    )
    deepEqual(
      unreadable.map(({ code }) => code),
      Array(5).fill('BAD_FILE_NAME'),
    )
  })
  it('writes nothing through links of the archive', async () => {
    await using trap = await openTrap()
    const { unreadable } = await trap.extract([
      { name: 'up', flag: '2', linkName: '..' },
      { name: 'up/passwd', data: 'evil' },
      { name: 'etc', flag: '2', linkName: '../etc' },
      { name: 'etc/passwd', data: 'evil' },
      { name: 'etc/new/', flag: '5' },
      { name: 'absolute', flag: '2', linkName: '/etc/passwd' },
      { name: 'absolute', data: 'evil' },
    ])
    await trap.check()
    equal(await readFile(join(trap.folder, 'absolute'), 'utf8'), 'evil')
    deepEqual(
      unreadable.map(({ code }) => code),
      Array(3).fill('NOT_A_FOLDER'),
    )
  })
  it('writes nothing through links that an earlier extraction made', async () => {
    await using trap = await openTrap()
    await trap.extract([
      { name: 'etc', flag: '2', linkName: '../../../etc' },
      { name: 'file', flag: '2', linkName: '/../passwd' },
    ])
    const second = [{ name: 'file', data: 'evil' }]
    await trap.extract(second, { overwrite: true })
    await trap.check()
    equal(await readFile(join(trap.folder, 'file'), 'utf8'), 'evil')
    const through = trap.extract([{ name: 'etc/passwd', data: 'evil' }], { overwrite: true })
    equal(await through.catch((error) => error.code), 'FILE_EXISTS')
    await trap.check()
    // The file alone: its folder is not in the plan.
    const alone = await trap.extract([{ name: 'etc/passwd', data: 'evil' }], {
      overwrite: true,
      paths: ['/etc/passwd'],
    })
    deepEqual(alone.skipped, [{ path: '/etc/passwd', reason: 'name-taken' }])
    await trap.check()
  })
  it('makes no other name of a file outside', async () => {
    await using trap = await openTrap()
    const { unreadable } = await trap.extract([
      { name: 'a', flag: '1', linkName: '../passwd' },
      { name: 'b', flag: '1', linkName: '/etc/passwd' },
      { name: 'c', flag: '2', linkName: '../passwd' },
      { name: 'd', flag: '1', linkName: 'c' },
    ])
    await trap.check()
    deepEqual(
      unreadable.map(({ code }) => code),
      Array(3).fill('BROKEN_HARD_LINK'),
    )
  })
  it('keeps names that only look like paths, commands or lines', async () => {
    await using trap = await openTrap()
    const names = ['a\nb', '-rf', '$(touch passwd)', '..\\passwd', '...', '%2e%2e%2fpasswd', '\u202egpj.exe']
    const { items } = await trap.extract(names.flatMap((name) => named(name, { data: name })))
    await trap.check()
    for (const name of names) equal(await readFile(join(trap.folder, name), 'utf8'), name)
    equal(items.length, names.length)
  })
  it('writes a content once, however many names it has', async () => {
    await using trap = await openTrap()
    const names = Array.from({ length: 300 }, (_, index) => ({
      name: `link-${index}`,
      flag: '1',
      linkName: 'file',
    }))
    const { items } = await trap.extract([{ name: 'file', data: 2 ** 20 }, ...names])
    equal(items.length, 301)
    const inodes = await Promise.all(
      ['file', 'link-299'].map(async (name) => (await stat(join(trap.folder, name))).ino),
    )
    equal(inodes[0], inodes[1])
  })
  it('stays in its folder with any mix of these', async () => {
    const part = fc.constantFrom('..', '.', '', 'a', 'b', 'etc', 'passwd')
    const path = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'))
    const entry = fc.record({
      name: path.map((name) => name || 'x'),
      flag: fc.constantFrom('0', '1', '2', '5', '6'),
      linkName: path,
      data: fc.constant('evil'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 12 }), fc.boolean(), async (entries, twice) => {
        await using trap = await openTrap()
        // Links, folders and pipes have no data.
        const crafted = entries.map(({ data, ...rest }) => (rest.flag === '0' ? { ...rest, data } : rest))
        await trap.extract(crafted, { overwrite: true })
        await trap.check()
        if (!twice) return
        const again = await trap.extract(crafted.toReversed(), { overwrite: true }).catch((error) => error)
        ok(!(again instanceof Error) || (again as { code?: string }).code === 'FILE_EXISTS', `${again}`)
        await trap.check()
      }),
      { numRuns: 100 },
    )
  })
})
