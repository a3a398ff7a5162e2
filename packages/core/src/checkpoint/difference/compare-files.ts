import { isDeepStrictEqual } from 'node:util'
import type { ReadOptions } from '../../bytes/index.ts'
import type { FileDifference, FileState } from '../../documents/index.ts'
import { type ReportUnreadable, unlessUnreadable } from '../archive/index.ts'
import {
  type FileContent,
  type FileNode,
  type FileOrigin,
  FilesystemError,
  type FileTree,
  walkFiles,
} from '../filesystem/index.ts'
import { isSameContent, readWhole } from './compare-content.ts'
import { compareKeyed } from './compare-keyed.ts'
import type { IsLost } from './lost-parts.ts'
import { longestText, patchText } from './patch-text.ts'

export interface FileComparison extends ReadOptions {
  /** Else files of one size, and of one container also of one time, are taken for equal. */
  readonly contents: boolean
  /** Else the times of files differ by chance. */
  readonly sameContainer: boolean
  /** Files of a part that is lost on one side, and of which that has none, are not compared. */
  readonly isLost: IsLost
  readonly report: ReportUnreadable
}

/** Together, of all files. */
const longestPatches = 1024 * 1024

/**
 * Which files differ. Reads the contents of those that have the same size on both sides, and of short ones that have
 * not, to show what was changed in texts. What can't be read of a file is reported, and the rest compared.
 */
export async function compareFiles(
  a: FileTree,
  b: FileTree,
  comparison: FileComparison,
): Promise<readonly FileDifference[]> {
  const differences: FileDifference[] = []
  let patchesLeft = longestPatches
  // All that both have: only reading tells whether their contents are equal.
  const isComparable = comparableOrigins(a, b, comparison.isLost)
  for (const { name: path, a: inA, b: inB } of compareKeyed(filesByPath(a), filesByPath(b), () => false)) {
    if ((!inA || !inB) && !isComparable((inA ?? inB)?.origin)) continue
    const [before, after] = [inA && describe(inA), inB && describe(inB)]
    const found = inA && inB ? await compareContents(path, inA, inB, patchesLeft > 0, comparison) : {}
    patchesLeft -= found.patch?.length ?? 0
    if (before && after && found.contentDiffers !== true && isEqualState(before, after, comparison)) continue
    differences.push({ path, ...(before && { a: before }), ...(after && { b: after }), ...found })
  }
  return differences.sort((x, y) => (x.path < y.path ? -1 : 1))
}

/** The entries that files of an origin are in. */
const entriesOf: Readonly<Record<FileOrigin, RegExp>> = {
  rootfs: /^(rootfs-diff\.tar|deleted\.files)$/,
  volume: /^volumes\//,
  tmpfs: /^(tmpfs-|mountpoints-)/,
  shm: /^(devshm-checkpoint\.tar|ipcns-shm-)/,
  ghost: /^(ghost-file-|remap-fpath|files)/,
  memfd: /^(memfd|files|pagemap-shmem-)/,
}

/** Whose files have their names from other entries than their contents. */
const namedElsewhere: ReadonlySet<FileOrigin> = new Set(['tmpfs', 'shm', 'ghost', 'memfd'])

/** Whether what one side alone has of an origin is a difference, and not lost on the other. */
function comparableOrigins(
  a: FileTree,
  b: FileTree,
  isLost: IsLost,
): (origin: FileOrigin | undefined) => boolean {
  const originsOf = (tree: FileTree) => new Set([...filesByPath(tree).values()].map(({ origin }) => origin))
  const common = originsOf(a).intersection(originsOf(b))
  return (origin) =>
    origin === undefined || !isLost(entriesOf[origin]) || (common.has(origin) && !namedElsewhere.has(origin))
}

/** In the archive's order, to be read in. Folders that only lead to others are no files of it. */
function filesByPath({ roots }: FileTree): ReadonlyMap<string, FileNode> {
  return new Map(
    roots
      .flatMap((root) => [...walkFiles(root)])
      .filter(({ change }) => change !== undefined)
      .sort((a, b) => a.position - b.position)
      .map((node) => [node.path, node]),
  )
}

function describe({ type, change, mode, uid, gid, size, mtimeSeconds, linkTarget }: FileNode): FileState {
  const isFolder = type === 'directory'
  return {
    type,
    deleted: change === 'deleted',
    ...(mode !== undefined && { mode: mode.toString(8).padStart(4, '0') }),
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
    ...(!isFolder && { sizeBytes: size }),
    ...(!isFolder && mtimeSeconds !== undefined && { modifiedAt: describeTime(mtimeSeconds) }),
    ...(linkTarget !== undefined && { linkTarget }),
  }
}

/** A crafted time may be beyond the calendar. */
function describeTime(seconds: number): string {
  const time = new Date(seconds * 1000)
  return Number.isNaN(time.getTime()) ? `${seconds} s` : time.toISOString()
}

function isEqualState(a: FileState, b: FileState, { sameContainer }: FileComparison): boolean {
  return sameContainer
    ? isDeepStrictEqual(a, b)
    : isDeepStrictEqual({ ...a, modifiedAt: '' }, { ...b, modifiedAt: '' })
}

async function compareContents(
  path: string,
  a: FileNode,
  b: FileNode,
  wantsPatch: boolean,
  { contents, report, ...options }: FileComparison,
): Promise<Pick<FileDifference, 'contentDiffers' | 'patch'>> {
  const { openContent: openA } = a
  const { openContent: openB } = b
  if (!contents || !openA || !openB) return {}
  const compare = async () => {
    const [before, after] = [await openA(options), await openB(options)]
    if (await isSameContent(before, after, options)) return { contentDiffers: false }
    const patch = wantsPatch ? await describeChange(before, after, options) : undefined
    return { contentDiffers: true, ...(patch !== undefined && { patch }) }
  }
  return (await unlessUnreadable(path, report, compare, FilesystemError)) ?? {}
}

async function describeChange(
  a: FileContent,
  b: FileContent,
  options: ReadOptions,
): Promise<string | undefined> {
  if (a.size > longestText || b.size > longestText) return undefined
  return patchText(await readWhole(a, options), await readWhole(b, options))
}
