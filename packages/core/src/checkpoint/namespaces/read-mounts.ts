import type { ReadOptions } from '../../bytes/index.ts'
import type { MountDocument, SpecMountDocument } from '../../documents/index.ts'
import { type Mount, mountsImage } from '../../formats/criu/index.ts'
import type { Archive, ReportUnreadable } from '../archive/index.ts'
import { imageReader } from './image-reader.ts'
import { readNamespaceUse } from './namespace-use.ts'
import { withoutAbsent } from './without-absent.ts'

/**
 * The mounts of the first process, then those of other mount namespaces, each in order of mount points.
 * @param specMounts Of the container's specification, which knows the paths on the node that CRIU doesn't.
 */
export async function readMounts(
  archive: Archive,
  specMounts: readonly SpecMountDocument[],
  report: ReportUnreadable,
  options: ReadOptions = {},
): Promise<readonly MountDocument[]> {
  const images = imageReader(archive, report, options)
  const { first, nested } = (await readNamespaceUse(images))('mnt')
  const specByPath = new Map(specMounts.map((mount) => [mount.destination, mount]))
  const contents = new Map(archive.images.map(({ name, entry }) => [name, entry.size]))
  const read = async (id: number, processes?: readonly number[]): Promise<readonly MountDocument[]> =>
    ((await images.read(`mountpoints-${id}`, mountsImage)) ?? [])
      .toSorted((a, b) => (a.mountPoint < b.mountPoint ? -1 : Number(a.mountPoint > b.mountPoint)))
      .map((mount) =>
        withoutAbsent({
          ...describeMount(mount, specByPath.get(mount.mountPoint)),
          contentBytes: findContentBytes(mount, contents),
          processes,
        }),
      )
  const all = first === undefined ? [] : [await read(first)]
  for (const [id, processes] of nested) all.push(await read(id, processes))
  return all.flat()
}

function describeMount(mount: Mount, asked: SpecMountDocument | undefined): MountDocument {
  const { id, parentId, type, root, mountPoint, source, options, sharedGroup, masterGroup, externalKey } =
    mount
  const propagation = [
    ...(sharedGroup === undefined ? [] : [`shared:${sharedGroup}`]),
    ...(masterGroup === undefined ? [] : [`master:${masterGroup}`]),
  ]
  return {
    mountPoint,
    // CRIU knows few file systems of what comes from the node, the engine at least that it does.
    type: type === 'unknown' ? (asked?.type ?? type) : type,
    // Of what the runtime puts in, CRIU keeps no source that would say anything.
    source: (externalKey === undefined ? source : (asked?.source ?? source)) || undefined,
    root,
    options,
    propagation: propagation.length > 0 ? propagation.join(' ') : undefined,
    external: externalKey,
    id,
    parentId,
  }
}

/** A tmpfs is archived once, by the number of its device; by old CRIU for each mount. */
const findContentBytes = (
  { type, root, device, id }: Mount,
  contents: ReadonlyMap<string, number>,
): number | undefined =>
  type === 'tmpfs' && root === '/'
    ? (contents.get(`tmpfs-dev-${device}.tar.gz`) ?? contents.get(`tmpfs-${id}.tar.gz`))
    : undefined
