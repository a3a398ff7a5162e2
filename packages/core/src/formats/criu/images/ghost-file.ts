import type { ByteSource, ReadOptions } from '../../../bytes/index.ts'
import { CriuError } from '../errors.ts'
import { imageTypes } from '../image-types.ts'
import { ghost_chunk_entry, ghost_file_entry } from '../messages/hidden-files.ts'
import { readEntries } from '../read-entries.ts'
import type { Message } from '../schema/index.ts'

/** A file that was deleted while something used it. */
export interface GhostFile {
  /** With the bits of its type: S_IFREG and others. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly mtimeSeconds?: number
  readonly linkTarget?: string
  /** Of a device, as stat(2) codes it. */
  readonly device?: number
  /** Bytes of content, holes included. */
  readonly size: number
  /** Where the content begins in the image; absent if it has holes and lies there in pieces. */
  readonly contentOffset?: number
}

/** Bytes of a ghost file that lie in its image at `position`. */
export interface GhostPiece {
  readonly offset: number
  readonly position: number
  readonly length: number
}

/**
 * The beginning of `ghost-file-ID.img`. One read of 64 KiB at most.
 * @throws {CriuError} every code but BAD_PAGE_MAP and PAGES_UNSUPPORTED.
 */
export async function readGhostFile(source: ByteSource, options: ReadOptions = {}): Promise<GhostFile> {
  const head = await readHead(source, options)
  const { mode, uid, gid, mtim, symlnk_target, rdev, chunks, size } = head.message
  const [content] = head.payloads
  return {
    mode,
    uid,
    gid,
    ...(mtim && { mtimeSeconds: Number(mtim.tv_sec) + Number(mtim.tv_usec) / 1e6 }),
    ...(symlnk_target === undefined ? {} : { linkTarget: symlnk_target }),
    ...(rdev === undefined ? {} : { device: rdev }),
    size: chunks ? toOffset(size ?? 0n, source) : (content?.length ?? 0),
    ...(chunks || !content ? {} : { contentOffset: content.offset }),
  }
}

async function readHead(source: ByteSource, options: ReadOptions) {
  for await (const [head] of readEntries(imageTypes.GHOST_FILE, source, options)) {
    if (head?.type === ghost_file_entry) {
      return { ...head, message: head.message as Message<typeof ghost_file_entry> }
    }
  }
  throw new CriuError('BAD_MESSAGE', `${source.label}: no ghost_file_entry`)
}

// A file of 16 GiB, every other page of it a hole, has more; one that was made to fill the memory has, too.
const maxPieces = 1_000_000

/**
 * The pieces of a ghost file with holes, in CRIU's order. Costs a read for each that is longer than 64 KiB.
 * @throws {CriuError} every code but BAD_PAGE_MAP and PAGES_UNSUPPORTED.
 */
export async function readGhostPieces(
  source: ByteSource,
  options: ReadOptions = {},
): Promise<readonly GhostPiece[]> {
  const pieces: GhostPiece[] = []
  for await (const entries of readEntries(imageTypes.GHOST_FILE, source, options)) {
    for (const { type, message, payloads } of entries) {
      const [payload] = payloads
      if (type !== ghost_chunk_entry || !payload) continue
      const { off } = message as Message<typeof ghost_chunk_entry>
      pieces.push({ offset: toOffset(off, source), position: payload.offset, length: payload.length })
      if (pieces.length > maxPieces) {
        throw new CriuError('IMAGE_TOO_LARGE', `${source.label}: more than ${maxPieces} pieces`)
      }
    }
  }
  return pieces
}

/** File systems end before where numbers get inexact. */
function toOffset(value: bigint, { label }: ByteSource): number {
  if (value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value)
  throw new CriuError('BAD_MESSAGE', `${label}: a file can't have ${value} bytes`)
}
