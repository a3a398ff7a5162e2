import { createHash } from 'node:crypto'
import { open, stat } from 'node:fs/promises'
import { ByteSourceError, createPartialFile, type PartialFile } from '../../bytes/index.ts'
import { type Blob, layoutIndex, layoutMark } from '../../formats/oci/index.ts'
import { blockLength, paddingOf, tarEnd, tarHeader } from '../../formats/tar/index.ts'
import type { ImageSink } from './image-sink.ts'

/**
 * An image layout as a tar, which `oci-archive:` names elsewhere. The layer goes in first, and its header last: its name
 * is its digest.
 * @throws {ByteSourceError} FILE_EXISTS; FILE_NOT_WRITABLE.
 */
export async function openArchiveSink(path: string, tag: string): Promise<ImageSink> {
  if (await stat(path).catch(() => undefined)) {
    throw new ByteSourceError('FILE_EXISTS', `${path} is there already`, {
      hint: 'Move it away, or name another.',
    })
  }
  const file = await createPartialFile(path)
  return {
    reference: path,
    hasLayer: async () => false,
    async writeLayer(pieces, onProgress) {
      const hash = createHash('sha256')
      let size = 0
      await file.write(new Uint8Array(blockLength))
      for await (const piece of pieces) {
        await file.write(piece)
        hash.update(piece)
        size += piece.length
        onProgress(size)
      }
      await file.write(new Uint8Array(paddingOf(size)))
      const digest = `sha256:${hash.digest('hex')}`
      await using patch = await open(file.path, 'r+')
      await patch.write(tarHeader(blobName(digest), size), 0, blockLength, 0)
      return { digest, size }
    },
    async finish({ config, manifest, index }) {
      for (const { digest, bytes } of [config, manifest, index] satisfies Blob[]) {
        await writeEntry(file, blobName(digest), bytes)
      }
      await writeEntry(file, 'oci-layout', layoutMark)
      await writeEntry(file, 'index.json', layoutIndex(index, tag))
      await file.write(tarEnd)
      await file.commit()
    },
    [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
  }
}

const blobName = (digest: string): string => `blobs/${digest.replace(':', '/')}`

async function writeEntry(file: PartialFile, name: string, bytes: Uint8Array): Promise<void> {
  await file.write(tarHeader(name, bytes.length))
  await file.write(bytes)
  await file.write(new Uint8Array(paddingOf(bytes.length)))
}
