import type { FileNode } from '../../checkpoint/filesystem/index.ts'
import type { FileDocument } from '../../documents/index.ts'

export function describeFile(node: FileNode): FileDocument {
  const { path, type, change, origin, mode, uid, gid, size, mtimeSeconds, linkTarget, hardLinkTo, device } =
    node
  const modifiedAt = mtimeSeconds === undefined ? undefined : timeOf(mtimeSeconds)
  return {
    path,
    type,
    ...(change && { change }),
    ...(origin && { origin }),
    ...(mode === undefined ? {} : { mode: mode.toString(8).padStart(4, '0') }),
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
    sizeBytes: size,
    ...(modifiedAt && { modifiedAt }),
    ...(linkTarget === undefined ? {} : { linkTarget }),
    ...(hardLinkTo === undefined ? {} : { hardLinkTo }),
    ...(device && { device }),
  }
}

/** In RFC 3339; undefined for what no calendar has. */
function timeOf(seconds: number): string | undefined {
  const time = new Date(seconds * 1000)
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString()
}
