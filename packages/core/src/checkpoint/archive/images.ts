import { normalize } from 'node:path/posix'
import type { TarEntry, TarIndex } from '../../formats/tar/index.ts'
import type { ArchivedImage } from './archive.ts'

export const preCheckpointFolder = 'pre-checkpoint/'

/** Where the archive keeps CRIU's images: in a folder named by the engine, or, where CRIU alone wrote, beside nothing. */
export const findImagesFolder = (index: TarIndex): string =>
  folders.find((folder) => index.find(`${folder}inventory.img`)) ??
  // Of a dump that was interrupted, the inventory is missing: CRIU writes it last.
  folders.find((folder) => listImages(index, folder).length > 0) ??
  'checkpoint/'

const folders = ['checkpoint/', preCheckpointFolder, '']

/** Where the earlier dump is that one refers to as its parent: CRIU leaves a link, which may lead anywhere. */
export function findParentFolder(index: TarIndex, folder: string): string | undefined {
  const link = index.find(`${folder}parent`)
  if (link?.type !== 'symlink' || !link.linkName) return undefined
  const parent = `${normalize(`${folder}${link.linkName}`).replace(/\/$/, '')}/`
  return index.find(`${parent}inventory.img`) ? parent : undefined
}

const extension = '.img'

/** The images directly in `folder`. */
export const listImages = (
  index: TarIndex,
  folder: string,
): readonly (ArchivedImage & { readonly entry: TarEntry })[] =>
  index.entries.flatMap((entry) => {
    const { name, type } = entry
    if (type !== 'file' || !name.startsWith(folder) || !name.endsWith(extension)) return []
    const image = name.slice(folder.length, -extension.length)
    return image.includes('/') ? [] : { name: image, entry }
  })
