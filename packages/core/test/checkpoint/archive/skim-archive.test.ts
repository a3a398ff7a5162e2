import { deepEqual, equal, fail, ok, rejects } from 'node:assert/strict'
import { zstdCompressSync } from 'node:zlib'
import { type ByteSource, inflate, memorySource, openLocalFile } from '@kubectl-checkpoint/core/bytes'
import {
  type Archive,
  openArchive,
  skimArchive,
  type UnreadablePart,
} from '@kubectl-checkpoint/core/checkpoint/archive'
import { readInventory, readProcesses } from '@kubectl-checkpoint/core/checkpoint/process'
import { CheckpointError } from '@kubectl-checkpoint/core/errors'
import { craftTar, fixture, type Part, virtualSource } from '@kubectl-checkpoint/test-support'
import { metadataEntries } from '../craft-metadata.ts'

const none = () => Promise.reject(new Error('the rest was asked for'))

/** An archive as it is read from its compressed bytes. */
async function openCompressed(
  source: ByteSource,
  otherwise: () => Promise<ByteSource> = none,
): Promise<Archive> {
  const compressed = memorySource(zstdCompressSync(await source.read(0, source.size)), source.label)
  return openArchive(compressed, {
    inflate: (from, compression) => skimArchive(inflate(from, compression), from.label, otherwise),
  })
}

const failOn = ({ message }: UnreadablePart) => fail(message)

describe('skimArchive', () => {
  for (const name of ['containerd-miner', 'containerd-svc', 'crio-miner', 'podman-counter'] as const) {
    it(`keeps of ${name} what its processes are read from`, async () => {
      await using file = await openLocalFile(fixture(name))
      const [whole, archive] = [await openArchive(file), await openCompressed(file)]
      deepEqual(await readProcesses(archive, failOn), await readProcesses(whole, failOn))
      deepEqual(await readInventory(archive), await readInventory(whole))
      deepEqual(archive.entries.entries, whole.entries.entries)
      deepEqual(archive.container, whole.container)
    })
  }

  const crafted = (pages: Part) =>
    virtualSource(
      craftTar([
        ...metadataEntries(),
        { name: 'checkpoint/pages-1.img', data: [pages, Buffer.from('the end')] },
        { name: 'checkpoint/pstree.img', data: 'pstree' },
      ]),
    )

  it('gives the rest from elsewhere, asked for once', async () => {
    const source = crafted(2 ** 20)
    let count = 0
    const archive = await openCompressed(source, async () => {
      count += 1
      return source
    })
    const pages = archive.entry('checkpoint/pages-1.img')
    equal(Buffer.from(await pages.read(pages.size - 7, 7)).toString(), 'the end')
    equal(count, 0)
    deepEqual(await pages.read(0, 5), new Uint8Array(5))
    deepEqual(await pages.read(10, 5), new Uint8Array(5))
    equal(count, 1)
  })
  it('keeps 64 MiB of many large files at most', async () => {
    const data = (index: number) => [10 * 2 ** 20, Buffer.from(`${index}`)]
    const many = Array.from({ length: 8 }, (_, index) => ({
      name: `checkpoint/ghost-file-${index}.img`,
      data: data(index),
    }))
    const source = virtualSource(craftTar([...metadataEntries(), ...many]))
    let count = 0
    const archive = await openCompressed(source, async () => {
      count += 1
      return source
    })
    for (let index = 0; index < 8; index += 1) {
      const image = archive.image(`ghost-file-${index}`)
      deepEqual(Buffer.from(await image.read(image.size - 1, 1)).toString(), `${index}`)
      equal(count, index < 6 ? 0 : 1)
    }
  })
  it('says of a damaged archive what the archive itself says', async () => {
    const source = crafted(2 ** 20)
    const whole = await source.read(0, source.size)
    for (const damaged of [
      whole.subarray(0, 700),
      whole.subarray(0, 5000),
      whole.map((byte, at) => (at < 3 ? 7 : byte)),
    ]) {
      const file = virtualSource([damaged])
      const error = await openArchive(file).catch((thrown) => thrown)
      ok(error instanceof CheckpointError)
      await rejects(openCompressed(file), { code: error.code, message: error.message })
    }
  })
  it('throws what the bytes come with', async () => {
    const reason = new Error('stop')
    async function* broken() {
      yield new Uint8Array(512)
      throw reason
    }
    await rejects(skimArchive(broken(), 'broken', none), reason)
  })
})
