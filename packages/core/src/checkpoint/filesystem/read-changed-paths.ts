import type { ReadOptions } from '../../bytes/index.ts'
import type { Archive, ReportUnreadable } from '../archive/index.ts'
import { buildFileTree } from './build-file-tree.ts'
import { type FileChange, walkFiles } from './file-node.ts'
import { createInflater } from './inflated-source.ts'
import { readRootfsLayers } from './read-rootfs-layers.ts'

/**
 * What became of each path of the root filesystem that isn't as in the image; folders that only something was changed
 * in are left out, and what something was mounted on. Reads headers; of a compressed difference all of it.
 */
export async function readChangedPaths(
  archive: Archive,
  report: ReportUnreadable,
  options: ReadOptions = {},
): Promise<ReadonlyMap<string, FileChange>> {
  const layers = await readRootfsLayers(archive, { inflater: createInflater(), report, ...options })
  const { roots, unreadable } = buildFileTree(layers)
  unreadable.forEach(report)
  const changes = new Map<string, FileChange>()
  for (const root of roots) {
    for (const { path, type, change } of walkFiles(root)) {
      if (change && change !== 'mount' && (type !== 'directory' || change !== 'changed'))
        changes.set(path, change)
    }
  }
  return changes
}
