import { createHash, randomUUID } from 'node:crypto'
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ByteSourceError, writing } from '../../bytes/index.ts'
import { type Blob, layoutIndex, layoutMark } from '../../formats/oci/index.ts'
import { makeFolder } from '../make-folder.ts'
import type { ImageSink } from './image-sink.ts'

/**
 * An image layout in a folder, which may have other images already. Files get their names when they are whole, and the
 * folder its `index.json` last; files are readable by their owner alone.
 * @throws {ByteSourceError} FILE_EXISTS for a folder with anything else; FILE_NOT_WRITABLE.
 */
export async function openLayoutSink(folder: string, tag: string): Promise<ImageSink> {
  const isNew = await checkFolder(folder)
  const blobs = join(folder, 'blobs', 'sha256')
  await makeFolder(blobs)
  let isDone = false
  const partial = () => join(folder, `.${randomUUID().slice(0, 8)}.partial`)
  const pathOf = (digest: string) => join(blobs, digest.replace('sha256:', ''))
  const put = async (path: string, bytes: Uint8Array): Promise<void> => {
    const temporary = partial()
    await writing(path, async () => {
      await using file = await open(temporary, 'wx', 0o600)
      await file.writeFile(bytes)
      await file.sync()
    })
    await rename(temporary, path)
  }
  const putBlob = ({ digest, bytes }: Blob) => put(pathOf(digest), bytes)
  return {
    reference: folder,
    hasLayer: async (digest) => (await stat(pathOf(digest)).catch(() => undefined))?.isFile() === true,
    async writeLayer(pieces, onProgress) {
      const temporary = partial()
      try {
        const hash = createHash('sha256')
        let size = 0
        await using file = await writing(temporary, () => open(temporary, 'wx', 0o600))
        for await (const piece of pieces) {
          await writing(folder, () => file.writeFile(piece))
          hash.update(piece)
          size += piece.length
          onProgress(size)
        }
        await writing(folder, () => file.sync())
        const digest = `sha256:${hash.digest('hex')}`
        await rename(temporary, pathOf(digest))
        return { digest, size }
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
    },
    async finish({ config, manifest, index }) {
      for (const blob of [config, manifest, index]) await putBlob(blob)
      const before = await readFile(join(folder, 'index.json')).catch(() => undefined)
      await put(join(folder, 'oci-layout'), layoutMark)
      await put(join(folder, 'index.json'), layoutIndex(index, tag, before))
      isDone = true
    },
    async [Symbol.asyncDispose]() {
      if (isNew && !isDone) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Whether the folder is to be made. */
async function checkFolder(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined)
  if (found === undefined) return true
  const isLayout = found.isDirectory() && (await stat(join(folder, 'oci-layout')).catch(() => undefined))
  if (isLayout) return false
  throw new ByteSourceError('FILE_EXISTS', `${folder} is there already, and is no image layout`, {
    hint: 'Name another folder, which is made.',
  })
}
