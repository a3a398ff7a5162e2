import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Inspection } from '@kubectl-checkpoint/core/documents'
import {
  type CritImage,
  type FixtureName,
  fixture,
  type ImageSetName,
  imageSet,
  recordedCrit,
} from '@kubectl-checkpoint/test-support'
import { readJson, takeCheckpoints } from '../support/cli.ts'
import { makeImageSets, readRaw, readWithCrit } from '../support/crit.ts'
import { useFolder } from '../support/folder.ts'
import { type NodeName, nodeFile } from '../support/own-cluster.ts'
import { readProgram } from '../support/process.ts'
import { appPod, startPods, useNamespace } from '../support/workloads.ts'

/** What CRIT doesn't read: raw bytes without a type. Anything else that it refuses fails the test. */
const rawImages =
  /(^|\/)((ifaddr|route6?|rule|ip6?tables|nftables|netns-(ct|exp))-\d+|tmpfs-(dev-)?\d+\.tar\.gz)\.img$/

/** Where we say something else than CRIT, and why. */
const differences: readonly {
  readonly of: (image: CritImage['decode']) => boolean
  readonly because: string
}[] = [
  {
    of: ({ magic, entries }) =>
      magic === 'IPCNS_SHM' && entries.some((entry) => (entry as { in_pagemaps?: boolean }).in_pagemaps),
    because:
      'CRIU keeps a segment in page maps and writes no content after its message; CRIT takes what follows for it, ' +
      'which is the next segment',
  },
]

const archives: readonly FixtureName[] = [
  'containerd-miner',
  'containerd-svc',
  'containerd-volumes',
  'crio-miner',
  'podman-counter',
  'podman-pre-checkpoint',
  'podman-svc-tcp',
  'podman-with-previous',
]
const imageSets: readonly ImageSetName[] = [
  'descriptors',
  'external',
  'memory',
  'namespaces',
  'processes',
  'sockets',
]

/** Every type of image that CRIU writes today, but those of what it or the kernel must be built for. */
const types = `
  AUTOFS CGROUP CORE CPUINFO FDINFO FIFO_DATA FILES FILE_LOCKS FS GHOST_FILE IDS INVENTORY IPCNS_MSG IPCNS_SEM IPCNS_SHM
  IPC_VAR IRMAP_CACHE MEMFD_INODE MM MNTS NETDEV NETNS PAGEMAP PIDNS PIPES_DATA PSTREE REMAP_FPATH SECCOMP SK_QUEUES
  STATS TCP_STREAM TIMENS TTY_DATA TTY_INFO USERNS UTSNS
`
  .trim()
  .split(/\s+/)

describe('kubectl checkpoint inspect raw', () => {
  const namespace = useNamespace()
  const folder = useFolder()

  /** @returns CRIT's names of the types that were compared. */
  async function compare(images: string): Promise<ReadonlySet<string>> {
    const byCrit = await readWithCrit(images)
    const known = Object.entries(byCrit).flatMap(([path, image]) => (image ? [{ path, image }] : []))
    const unknown = Object.keys(byCrit).filter((path) => byCrit[path] === null)
    assert.deepEqual(
      unknown.filter((path) => !rawImages.test(path)),
      [],
    )
    assert.ok(known.length > 0, images)
    const byUs = await readRaw(
      images,
      known.map(({ path }) => path),
    )
    for (const [at, { path, image }] of known.entries()) {
      const difference = differences.find(({ of }) => of(image.decode))
      if (difference) assert.notDeepEqual(byUs[at], image, `no difference any more: ${difference.because}`)
      else assert.deepEqual(byUs[at], image, path)
    }
    return new Set(known.map(({ image }) => image.decode.magic))
  }

  async function unpack(archive: string, name: string): Promise<string> {
    const target = join(folder, name)
    await mkdir(target)
    const images = ['--wildcards', '--exclude', 'pages-*', '*.img', 'stats-dump']
    await readProgram('tar', ['-xf', archive, '-C', target, ...images])
    return target
  }

  for (const name of archives) {
    it(`reads the images of ${name} as CRIT does`, async () => {
      await compare(await unpack(fixture(name), name))
    })
  }

  for (const name of imageSets) {
    it(`reads the set ${name} as CRIT does, which says what is recorded of it`, async () => {
      await compare(imageSet(name))
      assert.deepEqual(await readWithCrit(imageSet(name)), recordedCrit(name))
    })
  }

  it('reads the images of an archive that was made just now as CRIT does', async () => {
    await startPods(namespace, appPod('app', { node: 'node-a' }))
    const [taken] = await takeCheckpoints('app', '--namespace', namespace)
    assert.ok(taken)
    const archive = await nodeFile(taken.node as NodeName, taken.path)
    assert.ok((await compare(await unpack(archive, 'fresh'))).has('PSTREE'))
  })

  describe('of sets that CRIU made just now', () => {
    const made = useFolder()

    before('makes them', async function () {
      this.timeout(600_000)
      await makeImageSets(made)
    })

    it('reads images of every type as CRIT does', async () => {
      const found = new Set<string>()
      for (const set of imageSets) for (const type of await compare(join(made, set))) found.add(type)
      assert.deepEqual([...found].toSorted(), types.toSorted())
    })

    // `memory/first` is memory alone, which no process refers to.
    for (const set of imageSets.flatMap((set) =>
      set === 'memory' ? ['memory/second', 'memory/lazy'] : [set],
    )) {
      it(`inspects all of ${set}, without anything unknown or unreadable`, async () => {
        const document = await readJson<Inspection>(['inspect', join(made, set), '--all'])
        assert.deepEqual([document.unknownImages, document.unreadable], [[], []])
      })
    }
  })
})
