import { deepEqual, equal, match, ok, rejects, throws } from 'node:assert/strict'
import { countingSource, memorySource, openLocalFile } from '@kubectl-checkpoint/core/bytes'
import { openArchive } from '@kubectl-checkpoint/core/checkpoint/archive'
import {
  type CraftedEntry,
  craftTar,
  type FixtureName,
  fixture,
  fixturePath,
  virtualSource,
} from '@kubectl-checkpoint/test-support'
import { configDump, metadataEntries, specDump } from '../craft-metadata.ts'

const open = (entries: readonly CraftedEntry[]) => openArchive(virtualSource(craftTar(entries)))

describe('openArchive', () => {
  const facts: Readonly<Record<FixtureName, readonly unknown[]>> = {
    'containerd-miner': ['containerd', 'cache', 'miner-a', 'shop', 'localhost/app:1', 4370432],
    'containerd-svc': ['containerd', 'svc', 'svc', 'shop', 'localhost:5000/svc:1', 22315008],
    'containerd-volumes': ['containerd', 'app', 'vol', 'shop', 'localhost:5000/app:1', 4358144],
    'crio-miner': ['cri-o', 'cache', 'miner-c', 'shop', 'localhost:5000/app:1', 4370432],
    'podman-counter': ['podman', 'counter', undefined, undefined, 'localhost/app:1', 4349952],
    'podman-pre-checkpoint': ['podman', 'counter', undefined, undefined, 'localhost/app:1', 4366336],
    'podman-svc-tcp': ['podman', 'svct', undefined, undefined, 'localhost/svc:1', 22294528],
    'podman-with-previous': ['podman', 'counter', undefined, undefined, 'localhost/app:1', 4349952],
  }
  for (const [name, expected] of Object.entries(facts)) {
    it(`knows who made ${name}, of what, and how much memory is in it`, async () => {
      await using file = await openLocalFile(fixture(name as FixtureName))
      const { kind, engine, container, sizes } = await openArchive(file)
      const { name: containerName, pod, namespace, image } = container ?? {}
      equal(kind, name === 'podman-pre-checkpoint' ? 'pre-checkpoint' : 'checkpoint')
      deepEqual([engine?.name, containerName, pod, namespace, image, sizes.memory], expected)
    })
  }
  it('gives everything that config.dump says', async () => {
    await using file = await openLocalFile(fixture('containerd-miner'))
    const { container, sizes } = await openArchive(file)
    deepEqual(container, {
      id: 'b97cf242c5dcec2c7126c49727069019ba141b01643b18d48584088653c88a79',
      name: 'cache',
      image: 'localhost/app:1',
      imageRef: 'localhost:5000/app@sha256:77a951b9d129b4f952e70ae17b969473efbae2deb8e0db7fd2b2ab051fe32025',
      runtime: 'io.containerd.runc.v2',
      createdAt: new Date('2026-11-23T13:41:19.653Z'),
      checkpointedAt: new Date('2026-11-23T13:41:25.767Z'),
      pod: 'miner-a',
      namespace: 'shop',
    })
    deepEqual(sizes, { archive: 4508672, memory: 4370432, images: 17426, rootfsDiff: 352, volumes: 0 })
  })
  it("finds Podman's image by its ID and counts its volumes", async () => {
    await using file = await openLocalFile(fixture('podman-counter'))
    const { container, sizes } = await openArchive(file)
    equal(container?.imageRef, '779bffb65fd4b85b9edd49b3351165b1a0715c56eefeb1bfd92f1b1d74b56e42')
    equal(container?.checkpointedAt, undefined)
    equal(sizes.volumes, 2560)
  })
  it("takes Go's zero time and empty texts for nothing", async () => {
    const config = { ...configDump, rootfsImageName: '', runtime: '', createdTime: '0001-01-01T00:00:00Z' }
    const { container } = await open(metadataEntries(config))
    equal(container?.createdAt, undefined)
    equal(container?.image, undefined)
    equal(container?.runtime, undefined)
    ok(container?.checkpointedAt)
  })
  it('opens what containerd 2.0 wrote: no status, no logs', async () => {
    await using file = await openLocalFile(fixture('containerd-miner'))
    const whole = await openArchive(file)
    const short = whole.entries.entries.filter(({ name }) =>
      /^(config\.dump|spec\.dump|checkpoint(\/.*)?|rootfs-diff\.tar)$/.test(name),
    )
    const entries = short.map(async ({ name, type, size }) => ({
      name,
      flag: type === 'directory' ? '5' : '0',
      data: await whole.entry(name).read(0, size),
    }))
    const archive = await open(await Promise.all(entries))
    deepEqual([archive.kind, archive.engine?.name], ['checkpoint', 'containerd'])
    deepEqual(archive.container, whole.container)
    deepEqual({ ...archive.sizes, archive: 0 }, { ...whole.sizes, archive: 0 })
  })
  it('opens an archive without any engine’s marks', async () => {
    const archive = await open(metadataEntries(configDump, { annotations: null }))
    equal(archive.engine, undefined)
    equal(archive.container?.name, configDump.name)
  })
  it('gives what the engine wrote as it is', async () => {
    await using file = await openLocalFile(fixture('containerd-miner'))
    const { config, spec } = await openArchive(file)
    equal((config as { id: string }).id.length, 64)
    deepEqual((spec as { process: { args: string[] } }).process.args, ['/data/kinsing', '31337', '2'])
  })
  it("says which pod of Podman's a container was in", async () => {
    const { container } = await open(
      metadataEntries({ ...configDump, pod: '0f3c' }, { annotations: { 'io.container.manager': 'libpod' } }),
    )
    equal(container?.pod, '0f3c')
  })
  it('lists the images, and nothing else that lies beside them', async () => {
    await using file = await openLocalFile(fixture('containerd-miner'))
    const { images } = await openArchive(file)
    const names = images.map(({ name }) => name)
    ok(names.includes('pstree') && names.includes('pages-1'))
    ok(!names.some((name) => name.includes('descriptors')))
    equal(images.find(({ name }) => name === 'pstree')?.entry.name, 'checkpoint/pstree.img')
  })
  it("finds the memory of Podman's pre-checkpoint, which has no processes", async () => {
    await using file = await openLocalFile(fixture('podman-pre-checkpoint'))
    const archive = await openArchive(file)
    deepEqual(
      archive.images.map(({ name }) => name),
      ['inventory', 'pagemap-1', 'pagemap-6', 'pages-1', 'pages-2'],
    )
    equal(archive.findPages(1)?.size, 2183168)
    equal(archive.findImage('pstree'), undefined)
  })
  it('finds the images of a pre-checkpoint, and what CRIU wrote alone, in a tar archive', async () => {
    const images = (folder: string) => [
      { name: `${folder}inventory.img`, data: 'inventory' },
      { name: `${folder}pages-1.img`, data: 4096 },
      { name: `${folder}nested/pstree.img`, data: 'elsewhere' },
    ]
    const before = await open([...metadataEntries(), ...images('pre-checkpoint/')])
    equal(before.kind, 'pre-checkpoint')
    equal(before.container?.name, 'cache')
    const alone = await open(images(''))
    deepEqual(
      [alone.kind, alone.container, alone.config, alone.spec],
      ['images', undefined, undefined, undefined],
    )
    for (const archive of [before, alone]) {
      deepEqual(
        archive.images.map(({ name }) => name),
        ['inventory', 'pages-1'],
      )
      equal(archive.image('inventory').size, 9)
      equal(archive.findPages(1)?.size, 4096)
      equal(archive.findPages(2), undefined)
      equal(archive.sizes.memory, 4096)
    }
  })
  it('gives entries and images as sources that cannot leave them', async () => {
    await using file = await openLocalFile(fixture('crio-miner'))
    const archive = await openArchive(file)
    const config = archive.entry('config.dump')
    match(Buffer.from(await config.read(0, config.size)).toString(), /^\{[\s\S]*\}$/)
    equal(archive.image('pstree').size, 36)
    equal(archive.findImage('pstree')?.size, 36)
    await rejects(config.read(0, config.size + 1), { code: 'OUT_OF_RANGE' })
  })
  it('reads the rest of a small archive’s metadata in the windows of its index', async () => {
    await using file = await openLocalFile(fixture('containerd-miner'))
    const counted = countingSource(file)
    await openArchive(counted)
    ok(counted.reads <= 4, `${counted.reads} reads`)
  })

  for (const [ending, command] of [
    ['gz', 'gunzip'],
    ['zst', 'zstd -d'],
  ] as const) {
    it(`says how to decompress .${ending}`, async () => {
      await using file = await openLocalFile(fixturePath(`archives-compressed/podman-counter.tar.${ending}`))
      await rejects(openArchive(file), {
        name: 'ArchiveError',
        code: 'ARCHIVE_COMPRESSED',
        hint: `Decompress it first: ${command} FILE`,
      })
    })
  }
  it('refuses what is no tar archive, and a tar archive of something else', async () => {
    await rejects(openArchive(memorySource(Buffer.alloc(4096, 'text'))), { code: 'NOT_A_CHECKPOINT' })
    await rejects(open([{ name: 'README' }]), {
      code: 'NOT_A_CHECKPOINT',
      message: 'virtual is not a checkpoint: it has no config.dump',
    })
    await rejects(open(metadataEntries().slice(0, 1)), { code: 'NOT_A_CHECKPOINT' })
  })
  it('passes on that an archive is cut off', async () => {
    await rejects(openArchive(memorySource(Buffer.alloc(0))), { code: 'TAR_TRUNCATED' })
  })

  const broken: Readonly<Record<string, CraftedEntry[]>> = {
    'config.dump that is no JSON': [
      { name: 'config.dump', data: '{' },
      { name: 'spec.dump', data: '{}' },
    ],
    'config.dump that is a list': metadataEntries([], specDump),
    'config.dump without an ID': metadataEntries({ ...configDump, id: undefined }),
    'config.dump with a number for a name': metadataEntries({ ...configDump, name: 1 }),
    'config.dump with a time that is none': metadataEntries({ ...configDump, createdTime: 'yesterday' }),
    'config.dump of a gigabyte': [
      { name: 'config.dump', data: 2 ** 30 },
      { name: 'spec.dump', data: '{}' },
    ],
  }
  for (const [what, entries] of Object.entries(broken)) {
    it(`refuses ${what}`, async () => {
      await rejects(open(entries), { name: 'ArchiveError', code: 'BAD_METADATA' })
    })
  }
  for (const [what, data] of Object.entries({
    'is no JSON': '{"annotations":',
    'has a nested annotation': '{"annotations":{"a":{"b":"c"}}}',
    'is huge': 2 ** 30,
  })) {
    it(`opens without a spec.dump that ${what}, and says so`, async () => {
      const [config = { name: '' }] = metadataEntries()
      const archive = await open([config, { name: 'spec.dump', data }, { name: 'status.dump', data: '{}' }])
      deepEqual(
        [archive.spec, archive.engine?.name, archive.container?.name],
        [undefined, 'containerd', configDump.name],
      )
      deepEqual(
        archive.unreadable.map(({ entry, code }) => [entry, code]),
        [['spec.dump', 'BAD_METADATA']],
      )
    })
  }
  it('says which entry is missing', async () => {
    const archive = await open(metadataEntries())
    for (const get of [() => archive.entry('checkpoint/pstree.img'), () => archive.image('pstree')]) {
      throws(get, {
        name: 'ArchiveError',
        code: 'ENTRY_MISSING',
        message: 'virtual has no checkpoint/pstree.img',
      })
    }
    equal(archive.findImage('pstree'), undefined)
  })
})
