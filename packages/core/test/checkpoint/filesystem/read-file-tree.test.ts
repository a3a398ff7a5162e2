import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import {
  ByteSourceError,
  countingSource,
  openLocalFile,
  readLocalFolder,
} from '@kubectl-checkpoint/core/bytes'
import { openArchive, openArchiveFolder } from '@kubectl-checkpoint/core/checkpoint/archive'
import { type FileChange, readFileTree } from '@kubectl-checkpoint/core/checkpoint/filesystem'
import {
  craftPax,
  craftTar,
  type FixtureName,
  fixture,
  type ImageSetName,
  imageSet,
  virtualSource,
} from '@kubectl-checkpoint/test-support'
import { configDump, metadataEntries, specDump } from '../craft-metadata.ts'
import {
  containerdArchive,
  filesImage,
  ghostImage,
  gzippedTar,
  innerTar,
  memfdImage,
  mountsImage,
  podmanArchive,
  remapImage,
  sharedPagesImage,
  sparseGhostImage,
} from './craft-files.ts'
import { filesOf, readTree, textOf } from './read-files.ts'

/** What GNU tar lists of a tar archive in an archive: `mode size name`. */
async function listByTar(archive: string, entry: string): Promise<readonly string[]> {
  await using file = await openLocalFile(archive)
  const source = (await openArchive(file)).entry(entry)
  const bytes = Buffer.from(await source.read(0, source.size))
  const input = bytes[0] === 0x1f ? gunzipSync(bytes) : bytes
  const listing = execFileSync('tar', ['-tv', '--numeric-owner', '-f', '-'], { input, encoding: 'utf8' })
  return listing.split('\n').flatMap((line) => {
    const [, mode, owner, size, name] = /^(\S+) (\S+) +(\S+) \S+ \S+ (.*)$/.exec(line) ?? []
    return name === undefined ? [] : [`${mode} ${owner} ${size} ${name.replace(/^\.\/|\/$/g, '')}`]
  })
}

describe('readFileTree', () => {
  for (const [archive, entry, mountPoint] of [
    ['containerd-miner', 'rootfs-diff.tar', ''],
    ['containerd-svc', 'rootfs-diff.tar', ''],
    ['containerd-volumes', 'rootfs-diff.tar', ''],
    ['crio-miner', 'rootfs-diff.tar', ''],
    ['podman-counter', 'volumes/cachevol.tar', '/cachevol'],
    ['podman-svc-tcp', 'rootfs-diff.tar', ''],
  ] as const satisfies readonly (readonly [FixtureName, string, string])[]) {
    it(`has all that GNU tar lists of ${entry} in ${archive}`, async () => {
      await using file = await openLocalFile(fixture(archive))
      const files = filesOf(await readTree(file))
      const expected = await listByTar(fixture(archive), entry)
      ok(expected.length > 0)
      for (const line of expected) {
        const [letters = '', owner, size, name = ''] = line.split(' ')
        // Its own root, and what something is mounted on.
        if (name === '' || /^(dev|sys\/firmware)$/.test(name)) continue
        const node = files.get(`${mountPoint}/${name}`)
        ok(node, name)
        equal(`${node.uid}/${node.gid}`, owner)
        if (node.type === 'file') equal(`${node.size}`, size)
        equal(node.type[0], { '-': 'f', d: 'd', l: 's' }[letters[0] ?? ''], name)
      }
    })
  }

  it('shows what tmpfs held where it was mounted, with devices', async () => {
    await using file = await openLocalFile(fixture('crio-miner'))
    const files = filesOf(await readTree(file))
    deepEqual(files.get('/dev/urandom')?.device, { major: 1, minor: 9 })
    equal(files.get('/dev/stdin')?.linkTarget, '/proc/self/fd/0')
    equal(files.get('/sys/fs/cgroup/memory')?.origin, 'tmpfs')
  })

  it('shows a deleted file that was open where it was, and a memfd in a place of its own', async () => {
    await using file = await openLocalFile(fixture('containerd-svc'))
    const tree = await readTree(file)
    deepEqual(
      tree.roots.map(({ path }) => path),
      ['/', 'memfd:cfg'],
    )
    const gone = tree.find('/tmp/gone')
    equal(gone?.change, 'deleted')
    equal(await textOf(gone), 'deleted but open: GHOST-MARKER')
    equal(await textOf(tree.find('memfd:cfg')), 'MEMFD-MARKER-42')
    deepEqual(tree.unreadable, [])
  })

  it('finds files as a shell in the container would', async () => {
    await using file = await openLocalFile(fixture('podman-counter'))
    const tree = await readTree(file)
    for (const path of ['/cachevol/note.txt', 'cachevol//note.txt', './tmp/../cachevol/note.txt']) {
      equal(await textOf(tree.find(path)), 'volume-content\n')
    }
    equal(tree.find('/'), tree.roots[0])
    equal(tree.find('/cachevol/none'), undefined)
  })

  it('opens no contents, and reads no more than headers of a large archive within', async () => {
    const large = { name: 'large', data: 64 * 1024 * 1024 }
    const source = podmanArchive([
      { name: 'rootfs-diff.tar', data: innerTar([large, { name: 'small', data: 'text' }]) },
    ])
    const counted = countingSource(source)
    const tree = await readTree(counted)
    ok(counted.bytesRead < 2 * 1024 * 1024, `${counted.bytesRead} bytes`)
    equal(await textOf(tree.find('/small')), 'text')
  })

  it('reads a compressed part once for all files in the order of their positions', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `${(index * 79) % 100}`)
    const entries = names.map((name) => ({ name, data: randomBytes(40_000) }))
    const counted = countingSource(
      containerdArchive([{ name: 'rootfs-diff.tar', data: gzippedTar(entries) }]),
    )
    const tree = await readTree(counted)
    const before = counted.bytesRead
    const [root] = tree.roots
    for (const node of root?.children.toSorted((a, b) => a.position - b.position) ?? []) await textOf(node)
    ok(counted.bytesRead - before <= counted.size, `${counted.bytesRead - before} of ${counted.size} bytes`)
  })

  it('tells what containerd deleted from its whiteouts, and what Podman did from its list', async () => {
    const whiteouts = [
      { name: 'etc/', flag: '5' },
      { name: 'etc/.wh.motd' },
      { name: 'srv/', flag: '5' },
      { name: 'srv/.wh..wh..opq' },
      { name: 'srv/new', data: 'x' },
      { name: 'opt/.wh.tool' },
      { name: 'opt/tool/', flag: '5' },
      { name: '.wh..wh.plnk' },
    ]
    const byContainerd = filesOf(
      await readTree(containerdArchive([{ name: 'rootfs-diff.tar', data: gzippedTar(whiteouts) }])),
    )
    equal(byContainerd.get('/etc/motd')?.change, 'deleted')
    equal(byContainerd.get('/etc/motd')?.type, 'unknown')
    equal(byContainerd.get('/srv')?.change, 'replaced')
    equal(byContainerd.get('/srv/new')?.change, 'changed')
    equal(byContainerd.get('/opt/tool')?.change, 'replaced')
    equal(byContainerd.has('/.wh..wh.plnk'), false)

    const byPodman = filesOf(
      await readTree(
        podmanArchive([
          { name: 'rootfs-diff.tar', data: innerTar([{ name: 'etc/.wh.motd' }, { name: 'a', data: 'new' }]) },
          { name: 'deleted.files', data: JSON.stringify(['/etc/issue', '/a']) },
        ]),
      ),
    )
    equal(byPodman.get('/etc/.wh.motd')?.change, 'changed')
    equal(byPodman.get('/etc/issue')?.change, 'deleted')
    equal(byPodman.get('/a')?.change, 'changed')
  })

  it('tells what was only mounted on from what the container changed', async () => {
    await using file = await openLocalFile(fixture('containerd-volumes'))
    const files = [...filesOf(await readTree(file)).values()].filter(({ origin }) => origin === 'rootfs')
    const pathsOf = (wanted: FileChange) =>
      files.filter(({ change }) => change === wanted).map(({ path }) => path)
    deepEqual(pathsOf('changed'), ['/tmp', '/tmp/work.log'])
    deepEqual(
      pathsOf('mount').filter((path) => path.startsWith('/etc') || path === '/scratch'),
      ['/etc', '/etc/hostname', '/etc/hosts', '/etc/resolv.conf', '/scratch'],
    )
    equal(pathsOf('mount').length + 2, files.length)
  })

  it('shows as changed what has a content below or beside mounts, or was made where nothing is mounted', async () => {
    const spec = {
      ...specDump,
      mounts: [{ destination: '/etc/hosts' }, { destination: '/var/run/token' }, { destination: 7 }, null],
    }
    const entries = [
      { name: 'etc/', flag: '5' },
      { name: 'etc/hosts', data: 'written before it was mounted on' },
      { name: 'run/', flag: '5' },
      { name: 'run/token/', flag: '5' },
      { name: 'run/lock' },
      { name: 'empty/', flag: '5' },
    ]
    const source = virtualSource(
      craftTar([...metadataEntries(configDump, spec), { name: 'rootfs-diff.tar', data: innerTar(entries) }]),
    )
    deepEqual(
      [...filesOf(await readTree(source)).values()].flatMap(({ path, change }) =>
        change ? `${path} ${change}` : [],
      ),
      [
        '/empty changed',
        '/etc changed',
        '/etc/hosts changed',
        '/run changed',
        '/run/lock changed',
        '/run/token mount',
      ],
    )
  })

  it('reads both names of a hard link, and says which is which', async () => {
    const tree = await readTree(
      containerdArchive([
        {
          name: 'rootfs-diff.tar',
          data: gzippedTar([
            { name: 'bin/tool', data: 'content' },
            { name: 'bin/other', flag: '1', linkName: 'bin/tool' },
            { name: 'bin/third', flag: '1', linkName: './bin/other' },
          ]),
        },
      ]),
    )
    equal(await textOf(tree.find('/bin/third')), 'content')
    equal(tree.find('/bin/third')?.hardLinkTo, '/bin/tool')
    equal(tree.find('/bin')?.size, 21)
  })

  it('mounts inner tmpfs in outer ones, and those that no mount has in places of their own', async () => {
    const tree = await readTree(
      containerdArchive([
        mountsImage([
          { device: 7, mountPoint: '/run/inner' },
          { device: 6, mountPoint: '/proc/keys', root: '/null' },
          { device: 6, mountPoint: '/run' },
        ]),
        { name: 'checkpoint/tmpfs-dev-7.tar.gz.img', data: gzippedTar([{ name: './a', data: '7' }]) },
        {
          name: 'checkpoint/tmpfs-dev-6.tar.gz.img',
          data: gzippedTar([
            { name: './inner/', flag: '5' },
            { name: './a', data: '6' },
          ]),
        },
        { name: 'checkpoint/tmpfs-dev-8.tar.gz.img', data: gzippedTar([{ name: './a', data: '8' }]) },
      ]),
    )
    equal(await textOf(tree.find('/run/inner/a')), '7')
    equal(await textOf(tree.find('/run/a')), '6')
    equal(await textOf(tree.find('tmpfs:8/a')), '8')
    equal(tree.find('/run/inner')?.origin, 'tmpfs')
  })

  it('mounts volumes where the configuration says, or in a place of their own', async () => {
    const volume = innerTar([{ name: './note', data: 'text' }])
    const entries = ['known', 'other'].map((name) => ({ name: `volumes/${name}.tar`, data: volume }))
    const config = { namedVolumes: [{ volumeName: 'known', dest: '/srv/known' }] }
    const tree = await readTree(podmanArchive(entries, config))
    equal(tree.find('/srv/known/note')?.origin, 'volume')
    equal(await textOf(tree.find('volume:other/note')), 'text')
  })

  it('shows a deleted file beside one that has its name now', async () => {
    const tree = await readTree(
      podmanArchive([
        { name: 'rootfs-diff.tar', data: innerTar([{ name: 'tmp/x', data: 'new' }]) },
        filesImage(['/tmp/x', '/tmp/x', '/tmp/y']),
        remapImage([
          { orig_id: 1, remap_id: 1, remap_type: 1 },
          { orig_id: 2, remap_id: 10, remap_type: 1 },
          { orig_id: 3, remap_id: 11, remap_type: 1 },
        ]),
        ghostImage('1', 'first'),
        ghostImage('a', 'second'),
        ghostImage('b', 'third'),
        ghostImage('c', 'whose path nobody knows'),
      ]),
    )
    equal(await textOf(tree.find('/tmp/x')), 'new')
    equal(await textOf(tree.find('/tmp/x (deleted)')), 'first')
    equal(await textOf(tree.find('/tmp/x (deleted 2)')), 'second')
    equal(await textOf(tree.find('/tmp/y')), 'third')
    equal(await textOf(tree.find('deleted:c')), 'whose path nobody knows')
  })

  it('shows deleted files of which CRIU kept another name', async () => {
    const tree = await readTree(
      podmanArchive([
        { name: 'rootfs-diff.tar', data: innerTar([{ name: 'tmp/link_remap.1', data: 'kept' }]) },
        filesImage(['/tmp/gone', '/tmp/link_remap.1']),
        remapImage([{ orig_id: 1, remap_id: 2, remap_type: 0 }]),
      ]),
    )
    equal(tree.find('/tmp/gone')?.change, 'deleted')
    equal(await textOf(tree.find('/tmp/gone')), 'kept')
  })

  it('keeps the holes of deleted files, and knows other types of them', async () => {
    const tree = await readTree(
      podmanArchive([
        sparseGhostImage('1', 20, [
          [4, 'abc'],
          [10, 'de'],
        ]),
        ghostImage('2', '', 0o040700),
        ghostImage('3', '', 0o010600),
      ]),
    )
    equal(await textOf(tree.find('deleted:1')), '....abc...de........')
    equal(tree.find('deleted:2')?.type, 'directory')
    equal(tree.find('deleted:3')?.type, 'fifo')
    equal(tree.find('deleted:3')?.openContent, undefined)
  })

  it('tells memfds of one name apart, and leaves out shared memory, which is none', async () => {
    const tree = await readTree(
      podmanArchive([
        memfdImage([
          { name: 'a', size: 5 },
          { name: 'a', size: 6 },
          { name: 'b/c', size: 7 },
          { name: '/dev/zero', size: 8 },
          { name: 'a (2)', size: 9 },
          { name: 'd\0e', size: 10 },
        ]),
      ]),
    )
    deepEqual(
      tree.roots.map(({ path, size }) => [path, size]),
      [
        ['/', 0],
        ['memfd:a', 5],
        ['memfd:a (2)', 6],
        ['memfd:a (2) (2)', 9],
        ['memfd:b%2Fc', 7],
        ['memfd:d%00e', 10],
      ],
    )
  })

  it('takes hundreds of thousands of mounts', async () => {
    const mounts = Array.from({ length: 200_000 }, () => ({ device: 1, mountPoint: '/a' }))
    const tmpfs = { name: 'checkpoint/tmpfs-dev-1.tar.gz.img', data: gzippedTar([{ name: 'x', data: 'y' }]) }
    equal(await textOf((await readTree(podmanArchive([mountsImage(mounts), tmpfs]))).find('/a/x')), 'y')
  })

  it('says how much of a memfd is in an earlier checkpoint, and what was never written', async () => {
    const tree = await readTree(
      podmanArchive([
        memfdImage([{ name: 'a', size: 3 * 4096 + 5 }]),
        sharedPagesImage(9, [
          [4096n, 1n, 4],
          [8192n, 1n, 1],
          [12288n, 1n, 4],
        ]),
        { name: 'checkpoint/pages-9.img', data: [Buffer.alloc(4096, 'x'), Buffer.alloc(4096, 'y')] },
      ]),
    )
    const node = tree.find('memfd:a')
    equal(await textOf(node), `${'.'.repeat(4096)}${'x'.repeat(4096)}${'.'.repeat(4096)}yyyyy`)
    equal((await node?.openContent?.())?.missingBytes, 4096)
  })

  it('finds what a memfd had in an earlier dump of the same archive', async () => {
    const earlier = sharedPagesImage(9, [[4096n, 1n, 4]])
    const tree = await readTree(
      podmanArchive([
        memfdImage([{ name: 'a', size: 3 * 4096 }]),
        { name: 'checkpoint/inventory.img' },
        sharedPagesImage(9, [
          [0n, 1n, 4],
          [4096n, 2n, 1],
        ]),
        { name: 'checkpoint/pages-9.img', data: Buffer.alloc(4096, 'x') },
        { name: 'checkpoint/parent', flag: '2', linkName: 'before' },
        { name: 'checkpoint/before/inventory.img' },
        { ...earlier, name: 'checkpoint/before/pagemap-shmem-9.img' },
        { name: 'checkpoint/before/pages-9.img', data: Buffer.alloc(4096, 'y') },
      ]),
    )
    const node = tree.find('memfd:a')
    equal(await textOf(node), `${'x'.repeat(4096)}${'y'.repeat(4096)}${'.'.repeat(4096)}`)
    equal((await node?.openContent?.())?.missingBytes, 0)
  })

  describe('of images of real CRIU', () => {
    const treeOf = async (name: ImageSetName) =>
      readFileTree(await openArchiveFolder(await readLocalFolder(imageSet(name))))

    it('shows a deleted file with holes, and a deleted folder', async () => {
      const tree = await treeOf('descriptors')
      equal(tree.find('/var/folder')?.type, 'directory')
      const sparse = await tree.find('/tmp/sparse')?.openContent?.()
      deepEqual([sparse?.size, sparse?.pieces.map(({ offset }) => offset)], [65_536, [0, 40_960]])
      match(await textOf(tree.find('/tmp/sparse')), /^first chunk\0*\.*second chunk\0*\.*$/)
      deepEqual(tree.unreadable, [])
    })
    it('shows segments of shared memory by their IDs', async () => {
      const tree = await treeOf('namespaces')
      equal(tree.find('sysv:0')?.size, 5000)
      match(await textOf(tree.find('sysv:0')), /^SHM-MARKER/)
      equal(await textOf(tree.find('/tmp/notes/list')), 'remember the milk\n')
    })
  })

  describe('of a hostile archive', () => {
    const codesOf = async (...entries: Parameters<typeof containerdArchive>[0]) => {
      const tree = await readTree(containerdArchive([...entries, ghostImage('f', 'still there')]))
      equal(await textOf(tree.find('deleted:f')), 'still there')
      return tree.unreadable.map(({ code }) => code)
    }
    const difference = (...entries: Parameters<typeof innerTar>[0]) => ({
      name: 'rootfs-diff.tar',
      data: innerTar(entries),
    })

    it('shows the rest where a part is damaged, and says which', async () => {
      const gzipped = gzippedTar([{ name: 'a', data: 'x'.repeat(5000) }])
      deepEqual(await codesOf({ name: 'rootfs-diff.tar', data: 'no archive'.repeat(100) }), ['NOT_TAR'])
      deepEqual(await codesOf({ name: 'rootfs-diff.tar', data: gzipped.subarray(0, 40) }), [
        'BAD_COMPRESSION',
      ])
      deepEqual(await codesOf({ name: 'deleted.files', data: '{"/etc": 1}' }), ['BAD_DELETED_FILES'])
      deepEqual(await codesOf({ name: 'deleted.files', data: '["/etc"' }), ['BAD_DELETED_FILES'])
      deepEqual(await codesOf({ name: 'checkpoint/memfd.img', data: 'xxxxxxxx' }), ['BAD_MAGIC'])
      deepEqual(await codesOf({ name: 'checkpoint/mountpoints-1.img', data: 'xxxxxxxx' }), ['BAD_MAGIC'])
      deepEqual(await codesOf({ name: 'checkpoint/ghost-file-1.img', data: 'xxxxxxxx' }), ['BAD_MAGIC'])
      deepEqual(await codesOf(filesImage([]), { name: 'checkpoint/remap-fpath.img', data: 'xxxxxxxx' }), [
        'BAD_MAGIC',
      ])
    })

    it('refuses names that lead out of the file system, or that no kernel takes', async () => {
      deepEqual(
        await codesOf(
          difference(
            { name: '../../etc/passwd', data: 'x' },
            { name: '/a/../../b', data: 'x' },
            { name: 'x', flag: 'x', data: craftPax({ path: 'n'.repeat(300) }) },
            { name: 'long', data: 'x' },
            { name: 'x', flag: 'x', data: craftPax({ path: 'd/'.repeat(1000) }) },
            { name: 'deep', data: 'x' },
            { name: 'x', flag: 'x', data: craftPax({ path: 'd'.repeat(200).concat('/').repeat(30) }) },
            { name: 'longer', data: 'x' },
          ),
        ),
        Array(5).fill('BAD_FILE_NAME'),
      )
    })

    it('refuses files in what is no folder, and what is a folder and a file', async () => {
      deepEqual(
        await codesOf(
          difference(
            { name: 'link', flag: '2', linkName: '/etc' },
            { name: 'link/passwd', data: 'x' },
            { name: 'dir/file', data: 'x' },
            { name: 'dir', data: 'x' },
          ),
        ),
        ['NOT_A_FOLDER', 'NOT_A_FOLDER'],
      )
    })

    it('refuses hard links to nothing, to each other and to themselves', async () => {
      deepEqual(
        await codesOf(
          difference(
            { name: 'a', flag: '1', linkName: 'none' },
            { name: 'b', flag: '1', linkName: 'c' },
            { name: 'c', flag: '1', linkName: 'b' },
            { name: 'd', flag: '1', linkName: 'd' },
            { name: 'e', flag: '1', linkName: '../../etc/passwd' },
          ),
        ),
        Array(5).fill('BROKEN_HARD_LINK'),
      )
    })

    it('refuses contents whose pieces overlap or lie outside', async () => {
      const tree = await readTree(
        podmanArchive([
          sparseGhostImage('1', 5, [[3, 'abc']]),
          sparseGhostImage('2', 50, [
            [3, 'abc'],
            [4, 'abc'],
          ]),
          memfdImage([
            { name: 'a', size: 10, shmid: 1 },
            { name: 'b', size: 5000, shmid: 2 },
          ]),
          sharedPagesImage(1, [[1n << 50n, 1n, 4]]),
          { name: 'checkpoint/pages-1.img', data: 4096 },
          sharedPagesImage(2, [[0n, 2n, 4]]),
          { name: 'checkpoint/pages-2.img', data: 4096 },
        ]),
      )
      for (const path of ['deleted:1', 'deleted:2', 'memfd:a', 'memfd:b']) {
        await rejects(textOf(tree.find(path)), { code: 'BAD_FILE_CONTENT' }, path)
      }
    })

    it('holds no more files than fit, and says so', async () => {
      // Each tar may have 200,000 headers, and each of these makes 250 folders.
      const deep = Array.from({ length: 2100 }, (_, index) => [
        { name: 'x', flag: 'x', data: craftPax({ path: `${index}/${'d/'.repeat(249)}f` }) },
        { name: 'deep' },
      ]).flat()
      const tree = await readTree(podmanArchive([difference(...deep)]))
      deepEqual(
        tree.unreadable.map(({ code }) => code),
        ['TOO_MANY_FILES'],
      )
    })

    it('takes no time for deleted files that all had one path', async () => {
      const count = 20_000
      const ids = Array.from({ length: count }, (_, index) => index + 1)
      const tree = await readTree(
        podmanArchive([
          filesImage(ids.map(() => '/x')),
          remapImage(ids.map((id) => ({ orig_id: id, remap_id: id, remap_type: 1 }))),
          ...ids.map((id) => ghostImage(id.toString(16), '')),
        ]),
      )
      equal(tree.find('/')?.children.length, count)
    })
  })

  it('passes on that the archive has changed meanwhile, which is no fault of a part of it', async () => {
    const archive = await openArchive(podmanArchive([{ name: 'rootfs-diff.tar', data: 9999 }]))
    const changed = new ByteSourceError('CHANGED', 'it has changed')
    const source = { label: '', size: 9999, read: () => Promise.reject(changed) }
    await rejects(readFileTree({ ...archive, entry: () => source }), changed)
  })
})
