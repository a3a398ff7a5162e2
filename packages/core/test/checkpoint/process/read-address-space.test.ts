import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memorySource, openLocalFile, readLocalFolder } from '@kubectl-checkpoint/core/bytes'
import { openArchive, openArchiveFolder } from '@kubectl-checkpoint/core/checkpoint/archive'
import { readAddressSpace } from '@kubectl-checkpoint/core/checkpoint/process'
import { fixture, fixtureJson, imageSet } from '@kubectl-checkpoint/test-support'
import { mm_entry } from '../../../src/formats/criu/messages/memory.ts'
import { pagemap_entry, pagemap_head } from '../../../src/formats/criu/messages/page-map.ts'
import { craftImage, craftMessage } from '../../formats/criu/craft-image.ts'

interface Hit {
  readonly address: string
  readonly perms: string
  readonly mapping: string
}

/** Where planted strings stood in the memory of each process. */
interface Truth {
  readonly processes: readonly {
    readonly pid: number
    readonly hits: Readonly<Record<string, readonly Hit[]>>
  }[]
}

describe('readAddressSpace', () => {
  const names = [
    'containerd-miner',
    'containerd-svc',
    'crio-miner',
    'podman-counter',
    'podman-svc-tcp',
  ] as const
  for (const name of names) {
    it(`holds the planted strings of ${name} where /proc saw them, shared memory's too, and nothing of files`, async () => {
      const truth = fixtureJson<Truth>(`truth/${name}.json`)
      await using file = await openLocalFile(fixture(name))
      const archive = await openArchive(file)
      for (const { pid, hits } of truth.processes) {
        const space = await readAddressSpace(archive, pid)
        for (const [text, places] of Object.entries(hits)) {
          ok(places.length > 0)
          for (const { address, perms, mapping } of places) {
            const start = BigInt(address)
            deepEqual(
              await space.read(start, text.length),
              perms === 'rw-p' || mapping === '/dev/zero (deleted)'
                ? [{ kind: 'bytes', address: start, bytes: new TextEncoder().encode(text) }]
                : [{ kind: 'not-dumped', address: start, byteLength: text.length }],
            )
          }
        }
      }
    })
  }
  it('finds pages that did not change since an earlier dump in the same archive', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'read-address-space-'))
    try {
      await cp(join(imageSet('memory'), 'second'), join(folder, 'checkpoint'), {
        recursive: true,
        verbatimSymlinks: true,
      })
      await cp(join(imageSet('memory'), 'first'), join(folder, 'first'), { recursive: true })
      const open = async (path: string) =>
        readAddressSpace(await openArchiveFolder(await readLocalFolder(path)), 1)
      const [whole, later, earlier] = [
        await open(folder),
        await open(join(folder, 'checkpoint')),
        await open(join(folder, 'first')),
      ]
      const unchanged = later.runs.filter(({ where }) => where === 'parent')
      ok(unchanged.length > 0)
      for (const { address, pageCount } of unchanged) {
        const byteLength = pageCount * later.pageSize
        deepEqual(await later.read(address, byteLength), [{ kind: 'parent', address, byteLength }])
        const found = await whole.read(address, byteLength)
        deepEqual(found, await earlier.read(address, byteLength))
        equal(found[0]?.kind, 'bytes')
      }
    } finally {
      await rm(folder, { recursive: true })
    }
  })
  it('follows no link to an earlier dump that leads back or out of the archive', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'read-address-space-'))
    try {
      const images = join(folder, 'checkpoint')
      await cp(join(imageSet('memory'), 'second'), images, { recursive: true, verbatimSymlinks: true })
      for (const target of ['../checkpoint', '.', '../../../../../../../tmp', '/', 'inventory.img']) {
        await rm(join(images, 'parent'))
        await symlink(target, join(images, 'parent'))
        const archive = await openArchiveFolder(await readLocalFolder(folder))
        const space = await readAddressSpace(archive, 1)
        const unchanged = space.runs.find(({ where }) => where === 'parent')
        ok(unchanged)
        equal((await space.read(unchanged.address, 1))[0]?.kind, 'parent')
      }
    } finally {
      await rm(folder, { recursive: true })
    }
  })
  it('takes of mappings that overlap, or end before they start, the first', async () => {
    const shared = (start: bigint, end: bigint, pgoff: bigint) => ({
      start,
      end,
      pgoff,
      shmid: 5n,
      flags: 1,
      status: 0x101,
    })
    const images: Readonly<Record<string, Uint8Array>> = {
      'mm-1': craftImage(0x57492820, [
        craftMessage(mm_entry, {
          vmas: [
            shared(0x2000n, 0x3000n, 0x1000n),
            shared(0x2000n, 0x9000n, 0n),
            shared(0x8000n, 0x7000n, 0n),
            shared(0x4000n, 0x5000n, 0n),
          ],
        }),
      ]),
      'pagemap-1': craftImage(0x56084025, [craftMessage(pagemap_head, { pages_id: 1 })]),
      'pagemap-shmem-5': craftImage(0x56084025, [
        craftMessage(pagemap_head, { pages_id: 9 }),
        craftMessage(pagemap_entry, { vaddr: 0n, nr_pages: 2n, flags: 4 }),
      ]),
    }
    await using file = await openLocalFile(fixture('crio-miner'))
    const archive = await openArchive(file)
    const find = (name: string) => {
      const bytes = images[name]
      return bytes && memorySource(bytes, name)
    }
    const image = (name: string) => find(name) ?? archive.image(name)
    const pages = memorySource(new Uint8Array(8192).fill(1, 0, 4096).fill(2, 4096))
    const findPages = (id: number) => (id === 9 ? pages : undefined)
    const space = await readAddressSpace({ ...archive, image, findImage: find, findPages }, 1)
    const shown = await space.read(0x1fffn, 0x3000)
    deepEqual(
      shown.map((piece) =>
        piece.kind === 'bytes' ? [piece.bytes[0], piece.bytes.length] : [piece.kind, piece.byteLength],
      ),
      [
        ['not-dumped', 1],
        [2, 4096],
        ['not-dumped', 4096],
        [1, 4095],
      ],
    )
  })
  it('refuses a process that is not there', async () => {
    await using file = await openLocalFile(fixture('crio-miner'))
    await rejects(readAddressSpace(await openArchive(file), 99), { code: 'ENTRY_MISSING' })
  })
})
