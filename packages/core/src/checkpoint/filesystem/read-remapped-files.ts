import type { ReadOptions } from '../../bytes/index.ts'
import { filesImage, type Remap, readImage, remapImage } from '../../formats/criu/index.ts'
import type { Archive } from '../archive/index.ts'

/** A file that was in use under a path that it didn't have any more, and what stands in for it. */
interface RemappedFile {
  readonly path: string
  readonly remap: Remap
}

export interface RemappedFiles {
  readonly files: readonly RemappedFile[]
  /** The path of an open file, by its ID in `files.img`. */
  findPath(fileId: number): string | undefined
}

export const noRemappedFiles: RemappedFiles = { files: [], findPath: () => undefined }

/**
 * The files that `remap-fpath.img` names. Reads it and `files.img`.
 * @throws {CriuError} every code.
 */
export async function readRemappedFiles(archive: Archive, options: ReadOptions): Promise<RemappedFiles> {
  const [remapSource, filesSource] = [archive.findImage('remap-fpath'), archive.findImage('files')]
  if (!remapSource || !filesSource) return noRemappedFiles
  const remaps = await readImage(remapImage, remapSource, options)
  const openFiles = await readImage(filesImage, filesSource, options)
  const findPath = (fileId: number) => {
    const file = openFiles.get(fileId)
    return file?.kind === 'path' ? file.path : undefined
  }
  const files = [...remaps].flatMap(([fileId, remap]) => {
    const path = findPath(fileId)
    return path === undefined ? [] : [{ path, remap }]
  })
  return { files, findPath }
}
