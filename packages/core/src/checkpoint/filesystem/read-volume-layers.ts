import type { ReadOptions } from '../../bytes/index.ts'
import type { Archive } from '../archive/index.ts'
import type { FileLayer } from './file-layer.ts'
import { parseFilePath } from './file-path.ts'
import type { Inflater } from './inflated-source.ts'
import { readPart } from './read-part.ts'
import { readTarLayer } from './read-tar-layer.ts'

const sharedMemory = 'devshm-checkpoint.tar'
const volume = /^volumes\/(.+)\.tar$/s

/** What Podman adds of volumes and of `/dev/shm`, which lie outside of the root filesystem. */
export async function readVolumeLayers(
  archive: Archive,
  inflater: Inflater,
  options: ReadOptions,
): Promise<readonly FileLayer[]> {
  const layers: FileLayer[] = []
  const add = async (
    origin: FileLayer['origin'],
    entry: string,
    findMountPoint: () => FileLayer['mountPoint'],
  ) => {
    const read = async () => [
      await readTarLayer(archive.entry(entry), {
        entry,
        origin,
        mountPoint: findMountPoint(),
        inflater,
        ...options,
      }),
    ]
    layers.push(...(await readPart(origin, entry, read)))
  }
  for (const { name: entry, type } of archive.entries.entries) {
    const [, name] = volume.exec(entry) ?? []
    if (type === 'file' && name) await add('volume', entry, () => findVolume(archive.config, name, entry))
  }
  if (archive.entries.find(sharedMemory)) {
    await add('shm', sharedMemory, () => ({ parts: ['dev', 'shm'] }))
  }
  return layers
}

/** Where the volume was mounted, as `config.dump` has it; in a place of its own if that doesn't say. */
function findVolume(config: unknown, name: string, entry: string): FileLayer['mountPoint'] {
  const volumes = (config as { namedVolumes?: unknown } | undefined)?.namedVolumes
  const found = (Array.isArray(volumes) ? volumes : []).find((volume) => volume?.volumeName === name)
  if (typeof found?.dest === 'string') return { parts: parseFilePath(found.dest, entry) }
  return { place: `volume:${parseFilePath(name, entry).join('%2F')}` }
}
