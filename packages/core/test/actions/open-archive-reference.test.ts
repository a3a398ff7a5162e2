import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import type { ActionEvent, Context } from '@kubectl-checkpoint/core/actions'
import {
  craftOciImage,
  fixture,
  fixturePath,
  imageSet,
  memoryCatalogue,
} from '@kubectl-checkpoint/test-support'
import { checkpointFolder, startStandInRegistry } from '@kubectl-checkpoint/test-support/stand-in'
import { type OpenedArchive, openArchiveReference } from '../../src/actions/open-archive-reference.ts'
import { openWorkbench } from './support/workbench.ts'

describe('openArchiveReference', () => {
  let folder: string
  let events: ActionEvent[]
  beforeEach(async () => {
    events = []
    folder = await mkdtemp(join(tmpdir(), 'open-reference-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const signal = new AbortController().signal
  const emit = (event: ActionEvent) => {
    events.push(event)
  }
  const open = (text: string, options: { keepSpool?: boolean; signal?: AbortSignal } = {}) => {
    const offline: Context = {
      connect: () => Promise.reject(new Error('nothing here needs a cluster')),
      clock: { now: () => 0, sleep: async () => {} },
      settings: () => Promise.reject(new Error('nothing here needs a node')),
      catalogue: memoryCatalogue(),
      registry: { env: {}, homeDirectory: '/nonexistent' },
      cacheFolder: join(folder, 'cache'),
    }
    return openArchiveReference(text, offline, { emit, signal, ...options })
  }
  const phases = () => events.flatMap((event) => (event.type === 'phase' ? event.phase : []))
  const spools = () => readdir(join(folder, 'cache', 'spool')).catch(() => [])
  const firstPage = (archive: OpenedArchive) => archive.findPages(1)?.read(0, 4096)

  it('opens a local archive where it lies', async () => {
    await using archive = await open(fixture('podman-counter'))
    equal(archive.container?.name, 'counter')
    equal(archive.origin.label, fixture('podman-counter'))
    ok(archive.origin.reads > 0 && archive.origin.bytesRead < archive.origin.size)
    deepEqual(events, [])
  })
  it('opens a folder with a checkpoint in it, by its name too', async () => {
    execFileSync('tar', ['-xf', fixture('podman-counter'), '-C', folder])
    for (const path of [folder, join(folder, 'checkpoint')]) {
      await using archive = await open(path)
      equal(archive.image('pstree').size, 36)
    }
  })
  it('opens a folder with any of the images of a dump', async () => {
    await copyFile(join(imageSet('processes'), 'pstree.img'), join(folder, 'pstree.img'))
    await using archive = await open(folder)
    equal(archive.kind, 'images')
    ok(archive.image('pstree').size > 0)
  })
  it('takes the name of a folder for the folder, and says how to name a pod', async () => {
    await mkdir(join(folder, 'web-0'))
    const previous = process.cwd()
    process.chdir(folder)
    try {
      await rejects(open('web-0'), {
        code: 'NOT_A_CHECKPOINT',
        message: 'web-0 is a folder without config.dump, oci-layout or images',
        hint: 'For a pod of this name, say pod/web-0.',
      })
      await rejects(open('./web-0'), { code: 'NOT_A_CHECKPOINT', hint: /^Name the folder/ })
      await rejects(open('pod/web-0'), /nothing here needs a cluster/)
    } finally {
      process.chdir(previous)
    }
  })

  for (const ending of ['gz', 'zst']) {
    const path = fixturePath(`archives-compressed/podman-counter.tar.${ending}`)

    it(`reads a local .${ending} in one pass, and writes nothing for what it holds beside memory`, async () => {
      await using archive = await open(path)
      equal(archive.container?.name, 'counter')
      equal(archive.origin.size, readFileSync(path).length)
      ok(archive.images.length > 20)
      const small = archive.images.filter(({ name }) => !name.startsWith('pages-'))
      for (const { name } of small) await archive.image(name).read(0, 4)
      deepEqual(phases(), ['spooling'])
      deepEqual(events.at(-1), {
        type: 'progress',
        item: path,
        doneBytes: archive.origin.size,
        totalBytes: archive.origin.size,
      })
    })
    it(`reads the memory in a .${ending} through a file that is gone at once`, async () => {
      await using whole = await open(fixture('podman-counter'))
      await using archive = await open(path)
      deepEqual(await firstPage(archive), await firstPage(whole))
      deepEqual(await spools(), [])
    })
  }

  const compressed = fixturePath('archives-compressed/podman-counter.tar.zst')

  it('keeps what was decompressed if asked to, and uses it the next time', async () => {
    {
      await using archive = await open(compressed, { keepSpool: true })
      ok(await firstPage(archive))
    }
    equal((await spools()).length, 1)
    events.length = 0
    await using again = await open(compressed)
    ok(await firstPage(again))
    deepEqual(events, [])
    equal(again.origin.reads, 1)
  })
  it('decompresses anew what has changed since', async () => {
    const path = join(folder, 'archive.tar.zst')
    await copyFile(compressed, path)
    await (await open(path, { keepSpool: true }))[Symbol.asyncDispose]()
    await writeFile(path, readFileSync(fixturePath('archives/crio-miner.tar.zst')))
    await using archive = await open(path)
    equal(archive.engine?.name, 'cri-o')
  })
  it('closes all it opened if it fails', async () => {
    await writeFile(join(folder, 'broken.tar.zst'), readFileSync(compressed).subarray(0, 5000))
    await rejects(open(join(folder, 'broken.tar.zst'), { keepSpool: true }), { code: 'COMPRESSED_TRUNCATED' })
    deepEqual(await spools(), [])
  })
  it('throws the reason of an abort', async () => {
    const reason = new Error('stop')
    await rejects(open(compressed, { signal: AbortSignal.abort(reason) }), reason)
  })

  it('reads an archive on a node, in 15 reads with all images but memory', async () => {
    await using bench = await openWorkbench()
    const name = 'checkpoint-miner-a_shop-cache-2026-11-23T12:00:00Z.tar'
    bench.standIn.disks['node-a'].write(
      `${checkpointFolder}/${name}`,
      readFileSync(fixture('containerd-miner')),
    )
    {
      await using archive = await openArchiveReference(`node-a:${name}`, bench.context, { emit, signal })
      await archive.prefetchImages((image) => !image.startsWith('pages-'))
      equal(archive.container?.name, 'cache')
      ok(archive.origin.reads < 12, `${archive.origin.reads} reads`)
    }
    deepEqual(bench.leftPods(), [])
  })
  it('reads a compressed archive on a node through a file', async () => {
    await using bench = await openWorkbench()
    bench.standIn.disks['node-a'].write('/data/web.tar.zst', readFileSync(compressed))
    await using archive = await openArchiveReference('node-a:/data/web.tar.zst', bench.context, {
      emit,
      signal,
    })
    ok(await firstPage(archive))
    equal(archive.origin.bytesRead < 2 * archive.origin.size + 10_000, true)
  })

  it('reads a checkpoint image in a registry, and of its memory only what is asked for', async () => {
    const layer = readFileSync(fixture('containerd-miner'))
    const { blobs, manifest } = craftOciImage([layer], {
      annotations: { 'org.criu.checkpoint.container.name': 'cache' },
    })
    await using registry = await startStandInRegistry({ blobs, tags: { 1: manifest }, redirects: true })
    await using archive = await open(`oci://${registry.host}/shop/web:1`)
    equal(archive.container?.name, 'cache')
    equal(archive.origin.label, `oci://${registry.host}/shop/web:1`)
    await archive.prefetchImages((image) => !image.startsWith('pages-'))
    ok(archive.origin.reads < 12 && archive.origin.bytesRead < 2 * 2 ** 20)
    ok(await firstPage(archive))
  })
  it('reads an image whose layer is compressed through a file', async () => {
    const { blobs, manifest } = craftOciImage([zstdCompressSync(readFileSync(fixture('containerd-miner')))])
    await using registry = await startStandInRegistry({ blobs, tags: { 1: manifest } })
    await using archive = await open(`oci://${registry.host}/shop/web:1`, { keepSpool: true })
    ok(await firstPage(archive))
    equal((await spools()).length, 1)
  })
})
