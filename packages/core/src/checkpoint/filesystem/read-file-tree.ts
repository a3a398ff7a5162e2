import type { ReadOptions } from '../../bytes/index.ts'
import type { Archive, UnreadablePart } from '../archive/index.ts'
import { buildFileTree } from './build-file-tree.ts'
import type { FileLayer } from './file-layer.ts'
import type { FileTree } from './file-node.ts'
import { createInflater } from './inflated-source.ts'
import { readGhostLayers } from './read-ghost-layers.ts'
import { readMemfdLayers } from './read-memfd-layers.ts'
import { readRootfsLayers } from './read-rootfs-layers.ts'
import { readSegmentLayers } from './read-segment-layers.ts'
import { readTmpfsLayers } from './read-tmpfs-layers.ts'
import { readVolumeLayers } from './read-volume-layers.ts'

/**
 * All files that the archive holds, as the container saw them. Reads the headers of the archives in it, compressed
 * ones to their end, and CRIU's images of files; contents are read when they are opened. What can't be read is missing
 * from the tree, and named in `unreadable`.
 */
export async function readFileTree(archive: Archive, options: ReadOptions = {}): Promise<FileTree> {
  await archive.prefetchImages((name) => imagesOfFiles.test(name), options)
  const unreadable: UnreadablePart[] = [...archive.unreadable]
  const report = (part: UnreadablePart) => void unreadable.push(part)
  const all = { inflater: createInflater(), report, ...options }
  const mounted = [...(await readVolumeLayers(archive, all)), ...(await readTmpfsLayers(archive, all))]
  const existing = [
    ...(await readRootfsLayers(archive, all)),
    // A folder is there before something is mounted in it.
    ...mounted.sort((a, b) => depth(a) - depth(b)),
    ...(await readMemfdLayers(archive, all)),
    ...(await readSegmentLayers(archive, all)),
  ]
  return buildFileTree([...existing, ...(await readGhostLayers(archive, existing, all))], unreadable)
}

const depth = ({ mountPoint }: FileLayer): number => ('parts' in mountPoint ? mountPoint.parts.length : 0)

/** Those of files that may be large are read where they lie. */
const imagesOfFiles = /^(files|remap-fpath|memfd|(mountpoints|ipcns-shm)-\d+)$/
