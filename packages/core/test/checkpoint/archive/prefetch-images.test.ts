import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { type CountingSource, countingSource, openLocalFile } from '@kubectl-checkpoint/core/bytes'
import { type Archive, openArchive } from '@kubectl-checkpoint/core/checkpoint/archive'
import { craftTar, type FixtureName, fixture, virtualSource } from '@kubectl-checkpoint/test-support'
import { metadataEntries } from '../craft-metadata.ts'

const isNoMemory = (name: string) => !name.startsWith('pages-')
const mebibyte = 2 ** 20

/** What each image holds, one after the other in the order given. */
const readAll = (archive: Archive, names: readonly string[]) =>
  Promise.all(names.map((name) => archive.image(name)).map((image) => image.read(0, image.size)))

/** What the reads during `work` cost. */
async function costOf(source: CountingSource, work: () => Promise<unknown>): Promise<[number, number]> {
  const { reads, bytesRead } = source
  await work()
  return [source.reads - reads, source.bytesRead - bytesRead]
}

describe('prefetchImages', () => {
  for (const name of [
    'containerd-miner',
    'containerd-svc',
    'containerd-volumes',
    'crio-miner',
    'podman-counter',
    'podman-svc-tcp',
  ] satisfies FixtureName[]) {
    it(`brings all images of ${name} but its memory in 6 reads, and then they cost none`, async () => {
      await using file = await openLocalFile(fixture(name))
      const source = countingSource(file)
      const archive = await openArchive(source)
      const [reads] = await costOf(source, () => archive.prefetchImages(isNoMemory))
      ok(reads <= 6, `${reads} reads`)
      const names = archive.images.map((image) => image.name).filter(isNoMemory)
      const shuffled = names.toReversed()
      deepEqual(await costOf(source, () => readAll(archive, shuffled)), [0, 0])
      const [first = ''] = names
      const direct = archive.entry(`checkpoint/${first}.img`)
      deepEqual(await archive.image(first).read(0, direct.size), await direct.read(0, direct.size))
    })
  }

  const craftProcesses = (count: number, coreLength: number) =>
    craftTar([
      ...metadataEntries(),
      ...Array.from({ length: count }, (_, pid) => ({
        name: `checkpoint/core-${pid}.img`,
        data: coreLength,
      })),
      { name: 'checkpoint/inventory.img', data: 'inventory' },
      ...Array.from({ length: count }, (_, pid) => ({ name: `checkpoint/mm-${pid}.img`, data: 700 })),
      ...Array.from({ length: count }, (_, pid) => ({
        name: `checkpoint/pages-${pid}.img`,
        data: 40 * 4096,
      })),
      { name: 'checkpoint/pstree.img', data: 'pstree' },
    ])

  it('takes a read a mebibyte for 500 processes, and 3 more', async () => {
    const source = countingSource(virtualSource(craftProcesses(500, 2500)))
    const archive = await openArchive(source)
    const [reads, bytes] = await costOf(source, () => archive.prefetchImages(isNoMemory))
    ok(reads <= bytes / mebibyte + 3, `${reads} reads`)
    // The images, and the header and the padding of each.
    ok(bytes < 500 * (2500 + 700 + 2 * 1024), `${bytes} bytes`)
    const names = archive.images.map(({ name }) => name).filter(isNoMemory)
    deepEqual(await costOf(source, () => readAll(archive, names)), [0, 0])
  })
  it('reads again only what it does not hold yet', async () => {
    const source = countingSource(virtualSource(craftProcesses(20, 2500)))
    const archive = await openArchive(source)
    await archive.prefetchImages((name) => name.startsWith('core-'))
    equal((await costOf(source, () => archive.prefetchImages((name) => name === 'core-3')))[0], 0)
  })
  it('keeps 64 MiB at most, and leaves the rest to be read when it is asked for', async () => {
    const source = countingSource(virtualSource(craftProcesses(100, mebibyte)))
    const archive = await openArchive(source)
    const [, bytes] = await costOf(source, async () => {
      for (let pid = 0; pid < 100; pid += 1) await archive.prefetchImages((name) => name === `core-${pid}`)
    })
    ok(bytes > 60 * mebibyte && bytes <= 64 * mebibyte, `${bytes} bytes`)
    const late = archive.image('core-99')
    deepEqual(await costOf(source, () => late.read(0, late.size)), [1, mebibyte])
  })
  it('throws the reason of an abort', async () => {
    const archive = await openArchive(virtualSource(craftProcesses(2, 100)))
    const reason = new Error('stop')
    await rejects(archive.prefetchImages(isNoMemory, { signal: AbortSignal.abort(reason) }), reason)
  })
})
