import { chmod, type FileHandle, lchown, lutimes, utimes } from 'node:fs/promises'
import type { FileNode } from '../../checkpoint/filesystem/index.ts'

/** What of a file's attributes is kept. */
export interface KeptAttributes {
  /** Setuid and setgid bits, too: on this machine they would give rights. */
  readonly samePermissions: boolean
  /** User and group by their numbers, which the superuser alone can set. */
  readonly sameOwner: boolean
}

/** Gives an open file the attributes of `node`. */
export async function setFileAttributes(
  file: FileHandle,
  node: FileNode,
  kept: KeptAttributes,
): Promise<void> {
  const owner = ownerOf(node, kept)
  // First: it takes setuid bits away.
  if (owner) await file.chown(owner.uid, owner.gid)
  const mode = modeOf(node, kept)
  if (mode !== undefined) await file.chmod(mode)
  const time = timeOf(node)
  if (time !== undefined) await file.utimes(time, time)
}

/** The same for a folder or device that was made here, thus is no link. */
export async function setPathAttributes(path: string, node: FileNode, kept: KeptAttributes): Promise<void> {
  const owner = ownerOf(node, kept)
  if (owner) await lchown(path, owner.uid, owner.gid)
  const mode = modeOf(node, kept)
  if (mode !== undefined) await chmod(path, mode)
  const time = timeOf(node)
  if (time !== undefined) await utimes(path, time, time)
}

/** The same for a symlink, whose permissions mean nothing. */
export async function setLinkAttributes(path: string, node: FileNode, kept: KeptAttributes): Promise<void> {
  const owner = ownerOf(node, kept)
  if (owner) await lchown(path, owner.uid, owner.gid)
  const time = timeOf(node)
  if (time !== undefined) await lutimes(path, time, time)
}

function ownerOf({ uid, gid }: FileNode, { sameOwner }: KeptAttributes) {
  return sameOwner && uid !== undefined && gid !== undefined ? { uid, gid } : undefined
}

const modeOf = ({ mode }: FileNode, { samePermissions }: KeptAttributes): number | undefined =>
  mode === undefined ? undefined : mode & (samePermissions ? 0o7777 : 0o1777)

/** What a Date can have: others no file system can. */
const timeOf = ({ mtimeSeconds }: FileNode): number | undefined =>
  mtimeSeconds !== undefined && Math.abs(mtimeSeconds) <= 8.64e12 ? mtimeSeconds : undefined
