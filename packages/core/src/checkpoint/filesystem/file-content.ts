import { type ByteSource, chunks, type ReadOptions } from '../../bytes/index.ts'
import { FilesystemError } from './errors.ts'

/** Bytes of a file that the archive holds. */
export interface FilePiece {
  /** Where in the file. */
  readonly offset: number
  readonly source: ByteSource
}

/** Where the bytes of a file are. What no piece covers is a hole: it reads as zeros. */
export interface FileContent {
  readonly size: number
  /** In ascending order, disjoint. */
  readonly pieces: readonly FilePiece[]
  /** Bytes in holes that the file didn't have: they stayed in an earlier checkpoint, or on the node. */
  readonly missingBytes: number
}

/** The content of a file without holes. */
export const wholeContent = (source: ByteSource): FileContent => ({
  size: source.size,
  pieces: source.size === 0 ? [] : [{ offset: 0, source }],
  missingBytes: 0,
})

/**
 * A content of these pieces.
 * @throws {FilesystemError} BAD_FILE_CONTENT if they overlap, are out of order, or lie outside of the file.
 */
export function buildContent(
  size: number,
  pieces: readonly FilePiece[],
  missingBytes: number,
  where: string,
): FileContent {
  let end = 0
  for (const { offset, source } of pieces) {
    if (offset < end || offset + source.size > size) {
      throw badContent(
        where,
        `${source.size} bytes at ${offset} overlap others, or lie outside of its ${size}`,
      )
    }
    end = offset + source.size
  }
  return { size, pieces, missingBytes }
}

export const badContent = (where: string, reason: string): FilesystemError =>
  new FilesystemError('BAD_FILE_CONTENT', `${where}: ${reason}`)

/** Consecutive bytes of a file. */
export interface FileChunk {
  readonly offset: number
  readonly bytes: Uint8Array
}

/** The bytes that the archive holds of a file, in order, without its holes; one chunk of 1 MiB at a time. */
export async function* readContent(
  content: FileContent,
  options: ReadOptions = {},
): AsyncGenerator<FileChunk> {
  for (const { offset, source } of content.pieces) {
    let at = offset
    for await (const bytes of chunks(source, options)) {
      yield { offset: at, bytes }
      at += bytes.length
    }
  }
}
