import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { type BuildRequest, build, type Context } from '@kubectl-checkpoint/core/actions'
import { type CraftedEntry, craftTar, fixture, memoryCatalogue } from '@kubectl-checkpoint/test-support'
import { type StandInRegistry, startStandInRegistry } from '@kubectl-checkpoint/test-support/stand-in'
import { openArchiveReference } from '../../../src/actions/open-archive-reference.ts'
import { finish } from '../support/workbench.ts'

const sha256 = (bytes: Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
const { signal } = new AbortController()

describe('build', () => {
  let folder: string
  let registry: StandInRegistry
  let context: Context
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'push-'))
    registry = await startStandInRegistry({ blobs: new Map(), tags: {} })
    context = {
      connect: () => Promise.reject(new Error('nothing here needs a cluster')),
      clock: { now: () => 0, sleep: async () => {} },
      settings: () => Promise.reject(new Error('nothing here needs a node')),
      catalogue: memoryCatalogue(),
      registry: { env: {}, homeDirectory: folder },
      cacheFolder: join(folder, 'cache'),
    }
  })
  afterEach(async () => {
    await registry[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })

  const run = (archive: string, request: Partial<BuildRequest> = {}) =>
    finish(
      build(
        {
          archive,
          image: `oci://${registry.host}/shop/web:1`,
          compression: 'none',
          allowsOpenRegistry: true,
          ...request,
        },
        context,
        { signal },
      ),
    )
  const noticesOf = (done: Awaited<ReturnType<typeof run>>) =>
    done.events.flatMap((event) => (event.type === 'notice' ? [event.notice] : []))

  for (const [name, engine] of [
    ['containerd-miner', 'containerd'],
    ['crio-miner', 'cri-o'],
    ['podman-counter', 'podman'],
    ['podman-with-previous', 'podman'],
  ] as const) {
    it(`makes an image of an archive of ${engine}, whose layer is the archive, and which reads like it`, async () => {
      const path = await fixture(name)
      const bytes = await readFile(path)
      const { result } = await run(path)
      equal(result.layer.digest, sha256(bytes))
      ok(Buffer.from(registry.blobs.get(sha256(bytes)) ?? []).equals(bytes))
      equal(registry.tags.get('1'), result.digest)
      equal(result.annotations['org.criu.checkpoint.engine.name'], engine)
      await using pushed = await openArchiveReference(result.image, context, { signal, emit: () => {} })
      await using local = await openArchiveReference(path, context, { signal, emit: () => {} })
      deepEqual(pushed.container, local.container)
    })
  }

  it('makes the same image of the same archive, and sends nothing twice', async () => {
    const path = await fixture('containerd-miner')
    const first = await run(path)
    const sent = registry.requests.length
    const second = await run(path)
    deepEqual(second.result, first.result)
    const again = registry.requests.slice(sent).map(({ method }) => method)
    deepEqual(again, ['HEAD', 'HEAD', 'PUT', 'PUT'])
  })

  describe('of an image in the same registry', () => {
    for (const [what, mounts] of [
      ['has the registry take the layer over', true],
      ['sends the layer where the registry takes nothing over', false],
    ] as const) {
      it(what, async () => {
        const { result: first } = await run(await fixture('containerd-miner'))
        const sent = registry.requests.length
        registry.intervene = ({ method, path, query }, response) => {
          const isLookedFor = method === 'HEAD' && path.endsWith(first.layer.digest)
          const isMounted = mounts && query.startsWith('mount=')
          if (!isLookedFor && !isMounted) return false
          response.writeHead(isMounted ? 201 : 404).end()
          return true
        }
        const image = `oci://${registry.host}/shop/web:2`
        const { result } = await run(first.image, { image })
        equal(result.digest, first.digest)
        equal(registry.tags.get('2'), first.digest)
        const methods = registry.requests.slice(sent).map(({ method }) => method)
        equal(methods.includes('PATCH'), !mounts)
      })
    }
  })

  for (const [compression, inflate] of [
    ['gzip', gunzipSync],
    ['zstd', zstdDecompressSync],
  ] as const) {
    it(`compresses the layer by ${compression}, the same each time`, async () => {
      const path = await fixture('containerd-miner')
      const { result } = await run(path, { compression })
      const stored = registry.blobs.get(result.layer.digest) ?? Buffer.alloc(0)
      equal(sha256(inflate(stored)), result.layer.diffId)
      equal(result.layer.diffId, sha256(await readFile(path)))
      equal((await run(path, { compression })).result.digest, result.digest)
    })
  }

  it('warns of what is secret in it, and of what keeps containerd from restoring it', async () => {
    const [secrets, ...others] = noticesOf(await run(await fixture('containerd-miner')))
    equal(secrets?.kind, 'secrets-inside')
    deepEqual(others, [])
    const kinds = noticesOf(await run(await fixture('crio-miner'))).map(({ kind }) => kind)
    equal(kinds[0], 'secrets-inside')
  })

  it('REGISTRY_OPEN: gives nothing to a registry that lets everybody in, unless it may', async () => {
    const path = await fixture('containerd-miner')
    await rejects(run(path, { allowsOpenRegistry: false }), { code: 'REGISTRY_OPEN', hint: /--yes/ })
    equal(registry.uploads.size, 0)
    deepEqual([...registry.blobs], [])
  })

  it('leaves neither tag nor upload behind where it is stopped', async () => {
    const path = await fixture('containerd-miner')
    registry.intervene = ({ method }, response) => {
      if (method !== 'PATCH') return false
      response.writeHead(403).end()
      return true
    }
    await rejects(run(path), { code: 'REGISTRY_FORBIDDEN' })
    equal(registry.uploads.size, 0)
    equal(registry.tags.size, 0)
  })

  it('needs a place that it knows', async () => {
    const path = await fixture('containerd-miner')
    for (const image of [
      './there',
      'oci:./there:no tag',
      `oci://${registry.host}/shop/web@sha256:${'0'.repeat(64)}`,
    ]) {
      await rejects(run(path, { image }), { code: 'IMAGE_TARGET_INVALID' })
    }
  })

  for (const [what, target] of [
    ['a folder', (name: string) => [`oci:${join(folder, name)}:ck`, join(folder, name)] as const],
    ['a file', (name: string) => [`oci-archive:${join(folder, name)}`, join(folder, name)] as const],
  ] as const) {
    describe(`into ${what}`, () => {
      it('is read like the archive, is the same each time, and nobody else can read it', async () => {
        const path = fixture('containerd-miner')
        const [image, reference] = target('first')
        const { result } = await run(path, { image })
        equal(result.image, reference)
        await using built = await openArchiveReference(reference, context, { signal, emit: () => {} })
        await using local = await openArchiveReference(path, context, { signal, emit: () => {} })
        deepEqual(built.container, local.container)
        deepEqual(
          await built.source.read(0, built.source.size),
          await local.source.read(0, local.source.size),
        )
        const [again] = target('second')
        equal((await run(path, { image: again })).result.digest, result.digest)
        equal((await stat(reference)).mode & 0o077, 0)
        equal(
          (await readdir(folder, { recursive: true })).filter((name) => name.includes('partial')).length,
          0,
        )
        deepEqual(registry.requests, [])
      })

      it('leaves what is there already', async () => {
        const [image, reference] = target('there')
        await mkdir(reference)
        await writeFile(join(reference, 'mine'), 'mine')
        await rejects(run(fixture('containerd-miner'), { image }), { code: 'FILE_EXISTS' })
        deepEqual(await readdir(reference), ['mine'])
      })

      it('leaves nothing behind where it fails', async () => {
        const bytes = await readFile(fixture('containerd-miner'))
        const short = join(folder, 'changing.tar')
        await writeFile(short, bytes)
        const [image, reference] = target('half')
        const stop = new AbortController()
        const request = { archive: short, image, compression: 'gzip' } as const
        const stopped = build(request, context, { signal: stop.signal })
        for await (const event of stopped)
          if (event.type === 'phase' && event.phase === 'writing-image') stop.abort()
        await rejects(stopped.result)
        await rejects(stat(reference), { code: 'ENOENT' })
        equal((await readdir(folder)).filter((name) => name.includes('partial')).length, 0)
      })
    })
  }

  it('adds an image to a folder that has others, and replaces the one of its tag', async () => {
    const layout = join(folder, 'layout')
    const put = async (name: 'containerd-miner' | 'containerd-svc', tag: string) =>
      (await run(fixture(name), { image: `oci:${layout}:${tag}` })).result.digest
    const first = await put('containerd-miner', 'a')
    await put('containerd-miner', 'b')
    const second = await put('containerd-svc', 'b')
    const { manifests } = JSON.parse(await readFile(join(layout, 'index.json'), 'utf8'))
    deepEqual(
      manifests.map(({ digest, annotations }: { digest: string; annotations: Record<string, string> }) => [
        annotations['org.opencontainers.image.ref.name'],
        digest,
      ]),
      [
        ['a', first],
        ['b', second],
      ],
    )
  })

  describe('NOT_RESTORABLE', () => {
    const fails = async (name: string, entries: readonly CraftedEntry[], message: RegExp) => {
      const path = join(folder, `${name}.tar`)
      await writeFile(
        path,
        Buffer.concat(
          craftTar(entries).map((part) => (typeof part === 'number' ? Buffer.alloc(part) : part)),
        ),
      )
      await rejects(run(path), { code: 'NOT_RESTORABLE', message })
      deepEqual(registry.requests, [])
    }
    const config = JSON.stringify({ id: 'c0ffee', name: 'app' })
    const described = [
      { name: 'config.dump', data: config },
      { name: 'spec.dump', data: '{}' },
    ]

    it('without an image of a thread', () => fails('no-threads', described, /no images of threads/))
    for (const name of [
      '../outside',
      'a/../../b',
      '/etc/cron.d/x',
      'checkpoint/.wh.core-1.img',
      '.wh..wh..opq',
    ]) {
      it(`with an entry ${name}`, () =>
        fails('hostile', [...described, { name, data: 'x' }], /may be meant to harm the node/))
    }
    for (const [what, entry] of [
      ['a link to the root', { name: 'checkpoint/there', flag: '2', linkName: '/etc' }],
      ['a link that leads out', { name: 'checkpoint/there', flag: '2', linkName: '../../etc' }],
      ['a hard link', { name: 'there', flag: '1', linkName: 'config.dump' }],
      ['a device', { name: 'disk', flag: '4' }],
    ] as const) {
      it(`with ${what}`, () => fails('link', [...described, entry], /may be meant to harm the node/))
    }
    it('of a folder that somebody unpacked', async () => {
      const path = join(folder, 'unpacked')
      await mkdir(path)
      for (const { name, data } of described) await writeFile(join(path, name), data)
      await rejects(run(path), { code: 'NOT_RESTORABLE', message: /a folder that somebody unpacked/ })
    })
    it('of the images of CRIU alone', () => fails('images', [{ name: 'core-1.img', data: 'x' }], /./))
  })

  it('refuses an archive whose memory is cut short, for which a node would wait for ever', async () => {
    const bytes = Buffer.from(await readFile(await fixture('containerd-miner')))
    const at = bytes.indexOf('checkpoint/pages-1.img')
    match(bytes.subarray(at, at + 22).toString(), /pages-1/)
    const path = join(folder, 'short.tar')
    await writeFile(path, shorten(bytes, at))
    await rejects(run(path), { code: /PAGES_MISMATCH|TRUNCATED/ as never })
    deepEqual(registry.requests, [])
  })
})

/** Makes the entry whose header is at `header` one page shorter: its last page is then no part of any entry's data. */
function shorten(bytes: Buffer, header: number): Buffer {
  const size = Number.parseInt(bytes.subarray(header + 124, header + 135).toString(), 8)
  const shorter = Buffer.concat([
    bytes.subarray(0, header + 512 + size - 4096),
    bytes.subarray(header + 512 + size),
  ])
  shorter.write((size - 4096).toString(8).padStart(11, '0'), header + 124)
  shorter.fill(' ', header + 148, header + 156)
  const sum = shorter.subarray(header, header + 512).reduce((total, byte) => total + byte, 0)
  shorter.write(`${sum.toString(8).padStart(6, '0')}\0 `, header + 148)
  return shorter
}
