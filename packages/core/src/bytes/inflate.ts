import { pipeline, Readable } from 'node:stream'
import type { ByteSource, ReadOptions } from './byte-source.ts'
import { chunks } from './chunks.ts'
import { type Compression, findCompression } from './compression.ts'
import { ByteSourceError } from './errors.ts'
import { readAhead } from './read-ahead.ts'
import { slice } from './slice.ts'

export interface InflateOptions extends ReadOptions {
  /** Told of each chunk before it comes: how much of the source it took so far, and how much has come out. */
  readonly onProgress?: (doneBytes: number, writtenBytes: number) => void
  /** Bytes that may come out. Default: 1 TiB. */
  readonly maxLength?: number
  /**
   * Frames of zstd, which cost a third of a millisecond each, so that a crafted source could take hours. Default:
   * 16,384; those of parallel compressors have some megabytes.
   */
  readonly maxFrames?: number
}

/** Of what comes out: shorter ones cost a thread's turn each, longer ones memory. */
const chunkLength = 1024 * 1024

/** Of what goes in. A change of few files is shorter, and decompressed sooner than a stream is set up. */
const smallLength = 64 * 1024

/**
 * What a compressed source holds, in order: all of its gzip members or zstd frames, one after another.
 * @throws {ByteSourceError} COMPRESSED_TRUNCATED; COMPRESSED_DAMAGED; TRAILING_BYTES; INFLATED_TOO_LARGE.
 */
export async function* inflate(
  source: ByteSource,
  compression: Compression,
  options: InflateOptions = {},
): AsyncGenerator<Uint8Array> {
  const { onProgress, maxLength = 2 ** 40, maxFrames = 2 ** 14, signal } = options
  // Loaded here: most archives aren't compressed.
  const { createGunzip, createZstdDecompress, gunzipSync } = process.getBuiltinModule('node:zlib')
  if (compression === 'gzip' && source.size <= smallLength) {
    const bytes = await source.read(0, source.size, options)
    const inflated = attempt(() => gunzipSync(bytes, { maxOutputLength: Math.min(chunkLength, maxLength) }))
    if (inflated) {
      onProgress?.(source.size, inflated.length)
      yield inflated
      return
    }
  }
  // What follows a frame is read for the frame before it, too; and the next window while this one is decompressed.
  const near = readAhead(source, { windowLength: 4 * 1024 * 1024, windows: 2 })
  let position = 0
  let written = 0
  for (let frames = 1; position < source.size; frames += 1) {
    if (frames > maxFrames) throw damaged(source, `more than ${maxFrames} frames`)
    const rest = slice(near, position, source.size - position, source.label)
    if (frames > 1 && (await findCompression(rest, options)) !== compression) throw trailingBytes(source)
    const frame =
      compression === 'gzip'
        ? createGunzip({ chunkSize: chunkLength })
        : createZstdDecompress({ chunkSize: chunkLength })
    const input = Readable.from(
      chunks(rest, { chunkLength: 256 * 1024, ahead: 4, ...(signal && { signal }) }),
    )
    // An error of either comes out of `frame`.
    pipeline(input, frame, () => {})
    try {
      for await (const chunk of frame as AsyncIterable<Uint8Array>) {
        written += chunk.length
        if (written > maxLength) throw tooLarge(source, maxLength)
        onProgress?.(position + frame.bytesWritten, written)
        yield chunk
      }
    } catch (error) {
      throw explain(source, error)
    } finally {
      input.destroy()
      frame.destroy()
    }
    // Less than everything if another frame follows. Zeros may fill a gzip file up.
    position += frame.bytesWritten
    if (compression === 'gzip') return
  }
}

/** Undefined where more comes out than a chunk may have, or what goes in is broken: streams tell how. */
function attempt(inflate: () => Uint8Array): Uint8Array | undefined {
  try {
    return inflate()
  } catch {
    return undefined
  }
}

function explain(source: ByteSource, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'Z_BUF_ERROR') {
    return new ByteSourceError(
      'COMPRESSED_TRUNCATED',
      `${source.label} ends in the middle of what it compresses`,
      {
        hint: 'It may still be being written, or was not copied completely. Fetch it again.',
        cause: error,
      },
    )
  }
  // The first header was one: what follows a gzip member is not.
  if (message === 'incorrect header check') return trailingBytes(source, error)
  return typeof code === 'string' && /^(Z_|ZSTD_)/.test(code) ? damaged(source, message, error) : error
}

const damaged = (source: ByteSource, reason: string, cause?: unknown): ByteSourceError =>
  new ByteSourceError('COMPRESSED_DAMAGED', `${source.label} cannot be decompressed: ${reason}`, {
    hint: 'The archive is damaged. Fetch it again.',
    cause,
  })

const trailingBytes = (source: ByteSource, cause?: unknown): ByteSourceError =>
  new ByteSourceError('TRAILING_BYTES', `${source.label}: something else follows what it compresses`, {
    hint: 'Two files were written into one, or the rest of this one is damaged.',
    cause,
  })

const tooLarge = (source: ByteSource, limit: number): ByteSourceError =>
  new ByteSourceError(
    'INFLATED_TOO_LARGE',
    `${source.label} holds more than ${limit} bytes when decompressed`,
    {
      hint: 'No checkpoint is that large: the file may be made to fill a disk.',
    },
  )
