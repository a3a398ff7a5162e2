import type { ReadOptions } from '../../bytes/index.ts'
import type { Archive } from '../archive/index.ts'
import { buildFileTree } from './build-file-tree.ts'
import { type FileChange, type UnreadablePart, walkFiles } from './file-node.ts'
import { createInflater } from './inflated-source.ts'
import { readRootfsLayers } from './read-rootfs-layers.ts'

export interface ChangedPaths {
  /** What became of each path of the root filesystem that isn't as in the image. */
  readonly changes: ReadonlyMap<string, FileChange>
  readonly unreadable: readonly UnreadablePart[]
}

/**
 * What the container changed in its root filesystem, folders left out that it only changed something in. Reads
 * headers; of a compressed difference all of it.
 */
export async function readChangedPaths(archive: Archive, options: ReadOptions = {}): Promise<ChangedPaths> {
  const { roots, unreadable } = buildFileTree(await readRootfsLayers(archive, createInflater(), options))
  const changes = new Map<string, FileChange>()
  for (const root of roots) {
    for (const { path, type, change } of walkFiles(root)) {
      if (change && (type !== 'directory' || change !== 'changed')) changes.set(path, change)
    }
  }
  return { changes, unreadable }
}
