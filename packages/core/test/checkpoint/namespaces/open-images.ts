import { readLocalFolder } from '@kubectl-checkpoint/core/bytes'
import { type Archive, openArchiveFolder } from '@kubectl-checkpoint/core/checkpoint/archive'
import { type ImageSetName, imageSet } from '@kubectl-checkpoint/test-support'

/** A set of real images as an archive. */
export const openImages = async (name: ImageSetName): Promise<Archive> =>
  openArchiveFolder(await readLocalFolder(imageSet(name)))

/** Fails on what could not be read. */
export const expectReadable = (part: unknown): never => {
  throw new Error(`unreadable: ${JSON.stringify(part)}`)
}
