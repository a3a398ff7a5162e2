import type { ReadOptions } from '../../bytes/index.ts'
import { readImage, sharedMemorySegmentsImage } from '../../formats/criu/index.ts'
import type { Archive } from '../archive/index.ts'
import type { FileLayer, LayerOptions } from './file-layer.ts'
import { readPart } from './read-part.ts'
import { openSharedMemory } from './shared-memory-content.ts'

/** Segments of System V's shared memory, by the ID that `ipcs -m` shows: `sysv:ID`. */
export async function readSegmentLayers(
  archive: Archive,
  { report, ...options }: LayerOptions,
): Promise<readonly FileLayer[]> {
  const layers: FileLayer[] = []
  for (const { name, entry } of archive.images) {
    if (!/^ipcns-shm-\d+$/.test(name)) continue
    const read = async () => {
      const segments = await readImage(sharedMemorySegmentsImage, archive.image(name), options)
      return segments.map(({ id, mode, uid, gid, sizeBytes: size }): FileLayer => {
        const openContent = (options?: ReadOptions) => openSharedMemory(archive, id, size, options)
        const file = { parts: [], type: 'file', mode: mode & 0o777, uid, gid, size, openContent } as const
        return { origin: 'shm', mountPoint: { place: `sysv:${id}` }, entry: entry.name, files: [file] }
      })
    }
    for (const layer of await readPart(entry.name, report, read)) layers.push(layer)
  }
  return layers
}
