import type { TarEntry, TarIndex } from '../../formats/tar/index.ts'
import type { ArchivedImage } from './archive.ts'

export const preCheckpointFolder = 'pre-checkpoint/'

/** Where the archive keeps CRIU's images: in a folder named by the engine, or, where CRIU alone wrote, beside nothing. */
export const findImagesFolder = (index: TarIndex): string =>
  ['checkpoint/', preCheckpointFolder, ''].find((folder) => index.find(`${folder}inventory.img`)) ??
  'checkpoint/'

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
