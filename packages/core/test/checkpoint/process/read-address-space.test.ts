import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLocalFile, readLocalFolder } from '@kubectl-checkpoint/core/bytes'
import { openArchive, openArchiveFolder } from '@kubectl-checkpoint/core/checkpoint/archive'
import { readAddressSpace } from '@kubectl-checkpoint/core/checkpoint/process'
import { fixture, fixtureJson, imageSet } from '@kubectl-checkpoint/test-support'

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
  it('refuses a process that is not there', async () => {
    await using file = await openLocalFile(fixture('crio-miner'))
    await rejects(readAddressSpace(await openArchive(file), 99), { code: 'ENTRY_MISSING' })
  })
})
