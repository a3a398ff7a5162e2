import { isDeepStrictEqual } from 'node:util'
import type { MountDocument } from '../../documents/index.ts'
import { byName, type Change, compareKeyed } from './compare-keyed.ts'

/** Which mounts differ; between two containers not in where they come from, since the node has a folder for each. */
export function compareMounts(
  a: readonly MountDocument[],
  b: readonly MountDocument[],
  sameContainer: boolean,
): readonly Change<MountDocument>[] {
  const comparable = ({ id, parentId, source, root, external, processes, ...mount }: MountDocument) =>
    sameContainer ? { ...mount, source, root, external, processes } : mount
  const mountPoint = (mount: MountDocument) => mount.mountPoint
  return compareKeyed(byName(a, mountPoint), byName(b, mountPoint), (x, y) =>
    isDeepStrictEqual(comparable(x), comparable(y)),
  )
}
