import { type Mount, mountsImage, readImage } from '../../formats/criu/index.ts'
import { type Archive, unlessUnreadable } from '../archive/index.ts'
import type { FileLayer, LayerOptions } from './file-layer.ts'
import { parseFilePath } from './file-path.ts'
import { readPart } from './read-part.ts'
import { readTarLayer } from './read-tar-layer.ts'

/** By the number of its device; by that of its mount in old CRIU. */
const tmpfs = /^tmpfs-(?<dev>dev-)?(?<id>\d+)\.tar\.gz$/

/** What is in tmpfs, where they were mounted. */
export async function readTmpfsLayers(
  archive: Archive,
  options: LayerOptions,
): Promise<readonly FileLayer[]> {
  const mounts = await readMounts(archive, options)
  const layers: FileLayer[] = []
  for (const { name, entry } of archive.images) {
    const { dev, id } = tmpfs.exec(name)?.groups ?? {}
    if (id === undefined) continue
    const mount = findMount(mounts, dev !== undefined, Number(id))
    const read = async () => [
      await readTarLayer(archive.image(name), {
        entry: entry.name,
        origin: 'tmpfs',
        mountPoint: mount ? { parts: parseFilePath(mount.mountPoint, entry.name) } : { place: `tmpfs:${id}` },
        ...options,
      }),
    ]
    layers.push(...(await readPart(entry.name, options.report, read)))
  }
  return layers
}

async function readMounts(archive: Archive, { report, ...options }: LayerOptions): Promise<readonly Mount[]> {
  const mounts: Mount[] = []
  for (const { name, entry } of archive.images) {
    if (!/^mountpoints-\d+$/.test(name)) continue
    const read = () => readImage(mountsImage, archive.image(name), options)
    for (const mount of (await unlessUnreadable(entry.name, report, read)) ?? []) mounts.push(mount)
  }
  return mounts
}

/** Of all mounts of a file system, the one of the whole of it: others show parts, such as `/null` on `/proc/keys`. */
const findMount = (mounts: readonly Mount[], byDevice: boolean, id: number): Mount | undefined =>
  mounts.find((mount) => (byDevice ? mount.device === id && mount.root === '/' : mount.id === id))
