import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { hash } from 'node:crypto'
import { lstat, mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type ExtractFilesRequest, extractFiles } from '@kubectl-checkpoint/core/actions'
import type { ByteSource } from '@kubectl-checkpoint/core/bytes'
import { type CraftedEntry, craftPax, fixture } from '@kubectl-checkpoint/test-support'
import { extraction as extractionDocument } from '../../../src/documents/files.ts'
import {
  innerTar,
  memfdImage,
  podmanArchive,
  sharedPagesImage,
  sparseGhostImage,
} from '../../checkpoint/filesystem/craft-files.ts'
import { finish } from '../support/workbench.ts'
import { extraction, offline, openDesk, options } from './offline.ts'

const run = (request: ExtractFilesRequest) => extractFiles(request, offline, options).result

const withMode =
  (mode: string): NonNullable<CraftedEntry['edit']> =>
  (header) =>
    Buffer.from(header.buffer, header.byteOffset).write(mode.padStart(7, '0'), 100)

const difference = (entries: readonly CraftedEntry[]): ByteSource =>
  podmanArchive([{ name: 'rootfs-diff.tar', data: innerTar(entries) }])

const sha256 = (content: string | Buffer): string => hash('sha256', content)

const modeOf = async (path: string) => (await lstat(path)).mode & 0o7777

describe('extractFiles', () => {
  it('writes everything under its path, with modes and times, into a folder of its owner alone', async () => {
    await using desk = await openDesk()
    const result = await run(extraction(fixture('containerd-svc'), desk.folder))
    const file = (path: string) => join(desk.folder, path)
    equal(await readFile(file('tmp/gone'), 'utf8'), 'deleted but open: GHOST-MARKER')
    equal(await readFile(file('memfd:cfg'), 'utf8'), 'MEMFD-MARKER-42')
    equal(await readFile(file('data/out/report.json'), 'utf8'), '{"state":"running"}')
    equal(await readlink(file('data/out/link')), '../../etc/passwd')
    equal(await modeOf(desk.folder), 0o700)
    equal(await modeOf(file('tmp')), 0o1777)
    equal(await modeOf(file('data/out/report.json')), 0o644)
    equal((await stat(file('data/out/report.json'))).mtime.toISOString(), '2026-11-23T13:34:45.000Z')
    equal((await stat(file('data'))).mtime.toISOString(), '2026-11-23T13:34:45.000Z')
    deepEqual(extractionDocument.parse(result), result)
    deepEqual(
      result.skipped.map(({ path, reason }) => `${path} ${reason}`),
      ['full', 'null', 'random', 'tty', 'urandom', 'zero'].map((name) => `/dev/${name} device`),
    )
    deepEqual(
      result.items.find(({ path }) => path === '/tmp/gone'),
      {
        path: '/tmp/gone',
        type: 'file',
        change: 'deleted',
        origin: 'ghost',
        mode: '0644',
        uid: 0,
        gid: 0,
        sizeBytes: 30,
        modifiedAt: '2026-11-23T13:34:45.993Z',
        localPath: file('tmp/gone'),
        sha256: sha256(await readFile(file('tmp/gone'))),
      },
    )
  })
  it('hashes what it wrote, holes as zeros, unless there are too many; and the names of one file alike', async () => {
    await using desk = await openDesk()
    const archive = await desk.write(
      podmanArchive([
        sparseGhostImage('1', 300_000, [
          [100_000, 'abc'],
          [200_000, 'def'],
        ]),
        sparseGhostImage('2', 2 ** 40, [[2 ** 39, 'abc']]),
        {
          name: 'rootfs-diff.tar',
          data: innerTar([
            { name: 'file', data: 'content' },
            { name: 'name', flag: '1', linkName: 'file' },
            { name: 'link', flag: '2', linkName: 'file' },
          ]),
        },
      ]),
    )
    const { items } = await run(extraction(archive, desk.folder))
    const digests = Object.fromEntries(items.map(({ path, sha256 }) => [path, sha256]))
    deepEqual(digests, {
      '/file': sha256('content'),
      '/name': sha256('content'),
      '/link': undefined,
      'deleted:1': sha256(await readFile(join(desk.folder, 'deleted:1'))),
      'deleted:2': undefined,
    })
  })
  it('writes what is named, and what leads there', async () => {
    await using desk = await openDesk()
    const request = {
      ...extraction(fixture('containerd-svc'), desk.folder),
      paths: ['/data/out', 'memfd:cfg'],
    }
    const { items } = await run(request)
    deepEqual(
      items.map(({ path }) => path),
      ['/data/out', '/data/out/report.json', 'memfd:cfg', '/data/out/link'],
    )
    deepEqual((await readdir(desk.folder)).sort(), ['data', 'memfd:cfg'])
  })
  it('tells how far it is', async () => {
    await using desk = await openDesk()
    const { events } = await finish(
      extractFiles(extraction(fixture('podman-counter'), desk.folder), offline, options),
    )
    const item = fixture('podman-counter')
    deepEqual(events.at(0), { type: 'phase', item, phase: 'extracting' })
    deepEqual(events.at(-1), { type: 'progress', item, doneBytes: 41, totalBytes: 41 })
  })
  it('takes setuid and setgid away, unless it is to keep them', async () => {
    await using desk = await openDesk()
    const archive = await desk.write(difference([{ name: 'tool', data: 'x', edit: withMode('6755') }]))
    await run(extraction(archive, desk.folder))
    equal(await modeOf(join(desk.folder, 'tool')), 0o755)
    await run({ ...extraction(archive, `${desk.folder}2`), samePermissions: true })
    equal(await modeOf(join(`${desk.folder}2`, 'tool')), 0o6755)
  })
  it('writes into folders that forbid it, and gives them their modes last', async () => {
    await using desk = await openDesk()
    const archive = await desk.write(
      difference([
        { name: 'closed', flag: '5', edit: withMode('0500') },
        { name: 'closed/file', data: 'x' },
      ]),
    )
    await run(extraction(archive, desk.folder))
    equal(await modeOf(join(desk.folder, 'closed')), 0o500)
    equal(await readFile(join(desk.folder, 'closed/file'), 'utf8'), 'x')
  })
  it('keeps holes', async () => {
    await using desk = await openDesk()
    const size = 2 ** 30
    const archive = await desk.write(
      podmanArchive([
        sparseGhostImage('1', size, [[2 ** 29, 'abc']]),
        memfdImage([{ name: 'a', size }]),
        sharedPagesImage(9, []),
      ]),
    )
    await run(extraction(archive, desk.folder))
    for (const name of ['deleted:1', 'memfd:a']) {
      const file = await stat(join(desk.folder, name))
      equal(file.size, size)
      ok(file.blocks * 512 <= 2 ** 20, `${file.blocks} blocks`)
    }
  })
  it('makes links of hard links', async () => {
    await using desk = await openDesk()
    const archive = await desk.write(
      difference([
        { name: 'b', data: 'text' },
        { name: 'a', flag: '1', linkName: 'b' },
      ]),
    )
    await run(extraction(archive, desk.folder))
    const inode = async (name: string) => (await stat(join(desk.folder, name))).ino
    equal(await inode('a'), await inode('b'))
    await run({ ...extraction(archive, `${desk.folder}2`), paths: ['a'] })
    equal(await readFile(join(`${desk.folder}2`, 'a'), 'utf8'), 'text')
  })
  it('makes no files of what was deleted, and pipes only when asked', async () => {
    await using desk = await openDesk()
    const archive = await desk.write(
      podmanArchive([
        { name: 'rootfs-diff.tar', data: innerTar([{ name: 'pipe', flag: '6' }]) },
        { name: 'deleted.files', data: '["/etc/motd"]' },
      ]),
    )
    const { skipped } = await run(extraction(archive, desk.folder))
    deepEqual(skipped, [
      { path: '/etc/motd', reason: 'deleted' },
      { path: '/pipe', reason: 'device' },
    ])
    deepEqual(await readdir(desk.folder), ['etc'])
    await run({ ...extraction(archive, desk.folder), devices: true })
    ok((await lstat(join(desk.folder, 'pipe'))).isFIFO())
  })
  it('names what it could not read, and writes the rest', async () => {
    await using desk = await openDesk()
    const archive = await desk.write(
      podmanArchive([sparseGhostImage('1', 2, [[0, 'abc']]), sparseGhostImage('2', 3, [[0, 'abc']])]),
    )
    const { items, unreadable } = await run(extraction(archive, desk.folder))
    deepEqual(
      [items.map(({ path }) => path), unreadable.map(({ entry, code }) => `${entry} ${code}`)],
      [['deleted:2'], ['deleted:1 BAD_FILE_CONTENT']],
    )
    deepEqual(await readdir(desk.folder), ['deleted:2'])
  })
  it('sets owners only when asked', async function () {
    if (process.getuid?.() !== 0) this.skip()
    await using desk = await openDesk()
    const edit: CraftedEntry['edit'] = (header) =>
      Buffer.from(header.buffer, header.byteOffset).write('0001750', 108)
    const archive = await desk.write(difference([{ name: 'file', data: 'x', edit }]))
    await run(extraction(archive, desk.folder))
    equal((await stat(join(desk.folder, 'file'))).uid, 0)
    await run({ ...extraction(archive, `${desk.folder}2`), sameOwner: true })
    equal((await stat(join(`${desk.folder}2`, 'file'))).uid, 1000)
  })
  it('says FILE_NOT_IN_ARCHIVE before it makes anything', async () => {
    await using desk = await openDesk()
    await rejects(run({ ...extraction(fixture('crio-miner'), desk.folder), paths: ['/tmp', '/none'] }), {
      code: 'FILE_NOT_IN_ARCHIVE',
    })
    await rejects(stat(desk.folder), { code: 'ENOENT' })
  })

  describe('where something is already', () => {
    it('writes nothing, unless it may overwrite', async () => {
      await using desk = await openDesk()
      await mkdir(join(desk.folder, 'tmp'), { recursive: true })
      const mine = join(desk.folder, 'tmp/work.log')
      await writeFile(mine, 'mine')
      const request = extraction(fixture('crio-miner'), desk.folder)
      await rejects(run(request), { code: 'FILE_EXISTS', message: new RegExp(`^${mine} is there`) })
      deepEqual(await readdir(desk.folder), ['tmp'])
      equal(await readFile(mine, 'utf8'), 'mine')
      await run({ ...request, overwrite: true })
      equal(await readFile(mine, 'utf8'), 'started\nrequest 1\nrequest 2\nrequest 3\n')
    })
    it('leaves modes and times of folders as they are', async () => {
      await using desk = await openDesk()
      await mkdir(join(desk.folder, 'tmp'), { recursive: true, mode: 0o750 })
      await run(extraction(fixture('containerd-miner'), desk.folder))
      equal(await modeOf(join(desk.folder, 'tmp')), 0o750)
    })
    it('replaces no folder by a file, no file by a folder, and no link by a folder', async () => {
      for (const make of [(path: string) => writeFile(path, ''), (path: string) => symlink('/tmp', path)]) {
        await using desk = await openDesk()
        await mkdir(desk.folder)
        await make(join(desk.folder, 'tmp'))
        const request = { ...extraction(fixture('crio-miner'), desk.folder), overwrite: true }
        await rejects(run(request), { code: 'FILE_EXISTS' })
      }
      await using desk = await openDesk()
      await mkdir(join(desk.folder, 'tmp/work.log'), { recursive: true })
      await rejects(run({ ...extraction(fixture('crio-miner'), desk.folder), overwrite: true }), {
        code: 'FILE_EXISTS',
      })
    })
  })

  describe('that ends early', () => {
    const entries = [
      { name: 'a/first', data: 'x' },
      { name: 'a/second', data: 3 * 2 ** 20 },
    ]
    /** Aborts as soon as so much was written. */
    async function abortAfter(bytes: number, request: ExtractFilesRequest): Promise<void> {
      const controller = new AbortController()
      const stopped = new Error('stopped')
      const running = extractFiles(request, offline, { signal: controller.signal })
      for await (const event of running) {
        if (event.type === 'progress' && event.doneBytes >= bytes) controller.abort(stopped)
      }
      await rejects(running.result, stopped)
    }
    it('removes what it made, and the folders above', async () => {
      await using desk = await openDesk()
      const archive = await desk.write(difference(entries))
      await abortAfter(1, extraction(archive, join(desk.folder, 'deep/er')))
      deepEqual(await readdir(dirname(desk.folder)), ['archive.tar'])
    })
    it('leaves all else as it was', async () => {
      await using desk = await openDesk()
      const archive = await desk.write(difference(entries))
      await mkdir(join(desk.folder, 'a'), { recursive: true })
      await writeFile(join(desk.folder, 'a/mine'), 'mine')
      await writeFile(join(desk.folder, 'a/second'), 'older')
      await abortAfter(1, { ...extraction(archive, desk.folder), overwrite: true })
      deepEqual(await readdir(join(desk.folder, 'a')), ['mine', 'second'])
      equal(await readFile(join(desk.folder, 'a/second'), 'utf8'), 'older')
    })
    it('says FILE_NOT_WRITABLE of a folder that cannot be written', async () => {
      await using desk = await openDesk()
      const request = extraction(fixture('crio-miner'), '/proc/1/nowhere')
      await rejects(run(request), { code: 'FILE_NOT_WRITABLE' })
      await writeFile(desk.folder, 'a file')
      await rejects(run({ ...request, to: join(desk.folder, 'below') }), { code: 'FILE_NOT_WRITABLE' })
    })
  })

  it('leaves out what can have no such name on this machine', async () => {
    await using desk = await openDesk()
    const long = 'é'.repeat(200)
    const entries = [
      { name: 'x', flag: 'x', data: craftPax({ path: long }) },
      { name: 'long', data: 'x' },
    ]
    const { skipped, items } = await run(extraction(await desk.write(difference(entries)), desk.folder))
    deepEqual(skipped, [{ path: `/${long}`, reason: 'name-unusable' }])
    deepEqual(items, [])
    deepEqual(await readdir(desk.folder), [])
  })
})
