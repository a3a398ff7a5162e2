import type { MountDocument } from '../../documents/index.ts'
import { byName, type Change, compareKeyed } from './compare-keyed.ts'

/** Which mounts differ; between two containers not in what the node has for each of them. */
export function compareMounts(
  a: readonly MountDocument[],
  b: readonly MountDocument[],
  sameContainer: boolean,
): readonly Change<MountDocument>[] {
  // Not every archive holds them.
  if (a.length === 0 || b.length === 0) return []
  const comparable = sameContainer ? withoutIds : withoutNode
  const mountPoint = (mount: MountDocument) => mount.mountPoint
  return compareKeyed(byName(a.map(comparable), mountPoint), byName(b.map(comparable), mountPoint))
}

const withoutIds = ({ id, parentId, ...mount }: MountDocument): MountDocument => mount

/** Folders and file systems of the node, and the length of what was compressed there. */
function withoutNode({
  source,
  root,
  external,
  processes,
  contentBytes,
  ...mount
}: MountDocument): MountDocument {
  return { ...withoutIds(mount), options: mount.options.filter((option) => !option.includes('=')) }
}
