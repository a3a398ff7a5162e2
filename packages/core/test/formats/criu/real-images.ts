import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ByteSource, memorySource, openLocalFile } from '@kubectl-checkpoint/core/bytes'
import { type ImageKind, readImage } from '@kubectl-checkpoint/core/formats/criu'
import { entrySource, readTarIndex } from '@kubectl-checkpoint/core/formats/tar'
import {
  type CritImage,
  type FixtureName,
  fixture,
  type ImageSetName,
  imageSet,
  recordedCrit,
} from '@kubectl-checkpoint/test-support'

/** An image of the fixtures, and what CRIT made of it: null where it can't read it. */
export interface RealImage {
  readonly path: string
  readonly source: ByteSource
  readonly recorded: CritImage | null
}

export const archives: readonly FixtureName[] = [
  'containerd-miner',
  'containerd-svc',
  'containerd-volumes',
  'crio-miner',
  'podman-counter',
  'podman-pre-checkpoint',
  'podman-svc-tcp',
  'podman-with-previous',
]
export const sets: readonly ImageSetName[] = [
  'descriptors',
  'external',
  'memory',
  'namespaces',
  'processes',
  'sockets',
]

/** The images of an archive. */
export async function readArchivedImages(name: FixtureName): Promise<readonly RealImage[]> {
  await using file = await openLocalFile(fixture(name))
  const index = await readTarIndex(file)
  const images: RealImage[] = []
  for (const [path, recorded] of Object.entries(recordedCrit(name))) {
    const entry = index.find(path)
    if (!entry) throw new Error(`no ${path} in ${name}`)
    const bytes = await entrySource(file, entry).read(0, entry.size)
    images.push({ path, source: memorySource(bytes, path), recorded })
  }
  return images
}

/** The images of a set. */
export const readSet = (name: ImageSetName): readonly RealImage[] =>
  Object.entries(recordedCrit(name)).map(([path, recorded]) => ({
    path,
    source: memorySource(readFileSync(join(imageSet(name), path)), path),
    recorded,
  }))

/** Reads an image of a set as a value of ours. */
export const readFromSet = <Value>(kind: ImageKind<Value>, set: ImageSetName, path: string): Promise<Value> =>
  readImage(kind, findInSet(set, path))

/** An image of a set. */
export function findInSet(set: ImageSetName, path: string): ByteSource {
  const image = readSet(set).find((image) => image.path === path)
  if (!image) throw new Error(`no ${path} in ${set}`)
  return image.source
}
