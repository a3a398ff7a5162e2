import type { ReadOptions } from '../../bytes/index.ts'
import type { CgroupDocument } from '../../documents/index.ts'
import {
  type CgroupFolder,
  type Cgroups,
  cgroupsImage,
  coreImage,
  pstreeImage,
} from '../../formats/criu/index.ts'
import type { Archive, ReportUnreadable } from '../archive/index.ts'
import { type ImageReader, imageReader } from './image-reader.ts'

/**
 * The control groups that CRIU wrote down, every one before those in it, with the processes in each. Reads each
 * process's `core-PID.img`, which names its groups.
 */
export async function readCgroups(
  archive: Archive,
  report: ReportUnreadable,
  options: ReadOptions = {},
): Promise<readonly CgroupDocument[]> {
  const images = imageReader(archive, report, options)
  const cgroups = await images.read('cgroup', cgroupsImage)
  if (!cgroups) return []
  const members = await readMembers(images, cgroups)
  return cgroups.hierarchies.flatMap(({ controllers, folders }) =>
    folders
      .flatMap((folder) => listFolders(folder, ''))
      .map(({ path, properties }) => ({
        controllers: controllers.filter((controller) => controller !== ''),
        path,
        processes: members.get(placeKey(controllers.join(','), path)) ?? [],
        properties: Object.fromEntries(properties.map(({ name, value }) => [name, value])),
      })),
  )
}

const placeKey = (controllers: string, path: string): string => `${controllers} ${path}`

/** The processes by their places. */
async function readMembers(
  images: ImageReader,
  { sets }: Cgroups,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const members = new Map<string, number[]>()
  for (const { pid } of (await images.read('pstree', pstreeImage)) ?? []) {
    const core = await images.read(`core-${pid}`, coreImage)
    // Until 3.17, CRIU kept it with the process, since then with each thread.
    const set = core?.task?.cgroupSet ?? core?.thread.cgroupSet
    for (const { controllers, path } of (set === undefined ? undefined : sets.get(set)) ?? []) {
      const key = placeKey(controllers, path)
      const pids = members.get(key)
      if (pids) pids.push(pid)
      else members.set(key, [pid])
    }
  }
  return members
}

interface PlacedFolder {
  readonly path: string
  readonly properties: CgroupFolder['properties']
}

/** Every folder before those in it; the decoder lets no crafted image nest them more than a hundred times. */
const listFolders = (
  { name, folders, properties }: CgroupFolder,
  parent: string,
): readonly PlacedFolder[] => {
  const path = `${parent}/${name.replace(/^\/+/, '')}`
  return [{ path, properties }, ...folders.flatMap((folder) => listFolders(folder, path === '/' ? '' : path))]
}
