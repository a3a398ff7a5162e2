import type { Archive } from '../archive/index.ts'
import type { FileLayer, LayerOptions } from './file-layer.ts'
import { parseFilePath } from './file-path.ts'
import { readPart } from './read-part.ts'
import { readTarLayer } from './read-tar-layer.ts'

const sharedMemory = 'devshm-checkpoint.tar'
const volume = /^volumes\/(.+)\.tar$/s

/** What Podman adds of volumes and of `/dev/shm`, which lie outside of the root filesystem. */
export async function readVolumeLayers(
  archive: Archive,
  options: LayerOptions,
): Promise<readonly FileLayer[]> {
  const read = (entry: string, origin: FileLayer['origin'], findMountPoint: () => FileLayer['mountPoint']) =>
    readPart(entry, options.report, async () => [
      await readTarLayer(archive.entry(entry), { entry, origin, mountPoint: findMountPoint(), ...options }),
    ])
  const layers: FileLayer[] = []
  for (const { name: entry, type } of archive.entries.entries) {
    const [, name] = volume.exec(entry) ?? []
    if (type === 'file' && name) {
      layers.push(...(await read(entry, 'volume', () => findVolume(archive.config, name, entry))))
    }
  }
  if (archive.entries.find(sharedMemory)) {
    layers.push(...(await read(sharedMemory, 'shm', () => ({ parts: ['dev', 'shm'] }))))
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
