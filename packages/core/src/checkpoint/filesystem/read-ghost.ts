import { type ByteSource, type ReadOptions, slice } from '../../bytes/index.ts'
import { type GhostFile, readGhostFile, readGhostPieces } from '../../formats/criu/index.ts'
import { buildContent, type FileContent, wholeContent } from './file-content.ts'
import type { LayerFile } from './file-layer.ts'
import type { FileType } from './file-node.ts'

const types: Readonly<Record<number, FileType>> = {
  1: 'fifo',
  2: 'character-device',
  4: 'directory',
  6: 'block-device',
  8: 'file',
  10: 'symlink',
  12: 'socket',
}

/**
 * The file of a `ghost-file-ID.img` that had the path `parts`. Reads the image's beginning.
 * @throws {CriuError} every code.
 */
export async function readGhost(
  image: ByteSource,
  parts: readonly string[],
  options: ReadOptions,
): Promise<LayerFile> {
  const ghost = await readGhostFile(image, options)
  const type = types[ghost.mode >>> 12] ?? 'unknown'
  return {
    parts,
    type,
    mode: ghost.mode & 0o7777,
    uid: ghost.uid,
    gid: ghost.gid,
    size: type === 'file' ? ghost.size : 0,
    ...(ghost.mtimeSeconds === undefined ? {} : { mtimeSeconds: ghost.mtimeSeconds }),
    ...(type === 'symlink' ? { linkTarget: ghost.linkTarget ?? '' } : {}),
    ...(type === 'file' ? { openContent: (options) => openGhost(image, ghost, options) } : {}),
  }
}

async function openGhost(
  image: ByteSource,
  { contentOffset, size }: GhostFile,
  options: ReadOptions = {},
): Promise<FileContent> {
  if (contentOffset !== undefined) return wholeContent(slice(image, contentOffset, size, image.label))
  const pieces = await readGhostPieces(image, options)
  return buildContent(
    size,
    pieces.map(({ offset, position, length }) => ({ offset, source: slice(image, position, length) })),
    0,
    image.label,
  )
}
