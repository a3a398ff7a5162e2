import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import {
  countingSource,
  inflate,
  memorySource,
  openLocalFile,
  readLocalFolder,
} from '@kubectl-checkpoint/core/bytes'
import { type Inflate, openArchive, openArchiveFolder } from '@kubectl-checkpoint/core/checkpoint/archive'
import {
  craftImageLayout,
  craftOciImage,
  craftTar,
  fixture,
  fixturePath,
  virtualSource,
} from '@kubectl-checkpoint/test-support'
import { metadataEntries } from '../craft-metadata.ts'

const inMemory: Inflate = async (source, compression) =>
  memorySource(Buffer.concat(await Array.fromAsync(inflate(source, compression))), source.label)
const image = fixturePath('archives-compressed/podman-image.oci.tar')
const annotations = { 'org.criu.checkpoint.container.name': 'cache' }

async function bytesOf(entries: Parameters<typeof craftTar>[0]): Promise<Uint8Array> {
  const source = virtualSource(craftTar(entries))
  return source.read(0, source.size)
}

describe('openArchive of a checkpoint image', () => {
  it("opens Podman's, compressed as it is", async () => {
    await using file = await openLocalFile(image)
    const archive = await openArchive(file, { inflate: inMemory })
    equal(archive.engine?.name, 'podman')
    equal(archive.container?.name, 'counter')
    await using exported = await openLocalFile(fixture('podman-counter'))
    deepEqual(
      archive.images.map(({ name }) => name).filter((name) => !name.startsWith('tmpfs-')),
      (await openArchive(exported)).images
        .map(({ name }) => name)
        .filter((name) => !name.startsWith('tmpfs-')),
    )
  })
  it('says that its layer is compressed where nobody can read it', async () => {
    await using file = await openLocalFile(image)
    await rejects(openArchive(file), { code: 'ARCHIVE_COMPRESSED' })
  })
  it('opens the same in a folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'image-'))
    execFileSync('tar', ['-xf', image, '-C', folder])
    const archive = await openArchiveFolder(await readLocalFolder(folder), { inflate: inMemory })
    equal(archive.container?.name, 'counter')
    await rm(folder, { recursive: true })
  })
  it('reads a layer that is not compressed where it lies', async () => {
    const padding = { name: 'checkpoint/pages-1.img', data: 4 * 2 ** 20 }
    const { blobs, manifest } = craftOciImage([await bytesOf([padding, ...metadataEntries()])], {
      annotations,
    })
    const source = countingSource(virtualSource(craftTar(craftImageLayout(blobs, [manifest]))))
    const archive = await openArchive(source)
    equal(archive.container?.name, 'cache')
    equal(archive.findPages(1)?.size, 4 * 2 ** 20)
    ok(
      source.reads < 10 && source.bytesRead < 3 * 2 ** 20,
      `${source.reads} reads, ${source.bytesRead} bytes`,
    )
  })
  it('takes a layer of gzip for what it is, whatever its media type says', async () => {
    const layer = gzipSync(await bytesOf(metadataEntries()))
    const { blobs, manifest } = craftOciImage([layer], { annotations })
    const archive = await openArchive(virtualSource(craftTar(craftImageLayout(blobs, [manifest]))), {
      inflate: inMemory,
    })
    equal(archive.container?.name, 'cache')
  })

  const open = async (
    change: (layout: ReturnType<typeof craftImageLayout>) => ReturnType<typeof craftImageLayout>,
  ) => {
    const { blobs, manifest } = craftOciImage([await bytesOf(metadataEntries())], { annotations })
    return openArchive(virtualSource(craftTar(change(craftImageLayout(blobs, [manifest])))))
  }

  it('says which blob is missing, or is not the one that was announced', async () => {
    // Config, manifest, layer.
    await rejects(
      open((layout) => layout.toSpliced(1, 1)),
      { code: 'BLOB_MISSING' },
    )
    await rejects(
      open((layout) => layout.toSpliced(2, 1)),
      { code: 'BLOB_MISSING' },
    )
    await rejects(
      open((layout) => layout.with(1, { ...layout[1], name: `${layout[1]?.name}`, data: '{}' })),
      {
        code: 'BLOB_MISMATCH',
      },
    )
    await rejects(
      open((layout) => layout.with(2, { ...layout[2], name: `${layout[2]?.name}`, data: 'short' })),
      {
        code: 'BLOB_MISMATCH',
      },
    )
  })
  it('refuses an index of gigabytes', async () => {
    await rejects(
      open((layout) => layout.with(3, { name: 'index.json', data: 2 ** 32 })),
      { code: 'BAD_IMAGE' },
    )
  })
  it('does not look for an image in an image', async () => {
    const inner = craftOciImage([await bytesOf(metadataEntries())], { annotations })
    const layer = await bytesOf(craftImageLayout(inner.blobs, [inner.manifest]))
    const { blobs, manifest } = craftOciImage([layer], { annotations })
    const opening = openArchive(virtualSource(craftTar(craftImageLayout(blobs, [manifest]))))
    await rejects(opening, { code: 'NOT_A_CHECKPOINT' })
  })
  it('refuses the image of a program', async () => {
    const { blobs, manifest } = craftOciImage([Buffer.from('low'), Buffer.from('high')])
    await rejects(openArchive(virtualSource(craftTar(craftImageLayout(blobs, [manifest])))), {
      code: 'NOT_A_CHECKPOINT_IMAGE',
    })
  })
})
