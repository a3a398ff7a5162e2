import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { createGzip, createZstdCompress } from 'node:zlib'
import { type ByteSource, chunks } from '../../bytes/index.ts'
import type { CheckpointLayer } from '../../formats/oci/index.ts'

/** What registries take at once with good speed, and is held until they have it. */
const pieceLength = 8 * 1024 * 1024

export interface LayerPieces {
  readonly pieces: AsyncIterable<Uint8Array>
  /** `sha256:…` of the archive, once all pieces were read. */
  diffId(): string
}

/** An archive in the pieces in which it goes out, compressed if that is wanted: a few of them are in memory at a time. */
export function layerPieces(
  source: ByteSource,
  compression: CheckpointLayer['compression'],
  signal: AbortSignal,
): LayerPieces {
  const hash = createHash('sha256')
  const plain = async function* () {
    for await (const chunk of chunks(source, { chunkLength: pieceLength, ahead: 1, signal })) {
      hash.update(chunk)
      yield chunk
    }
  }
  return {
    pieces: compression === 'none' ? plain() : regroup(compress(plain(), compression, signal)),
    diffId: () => `sha256:${hash.copy().digest('hex')}`,
  }
}

const compressors = { gzip: () => createGzip(), zstd: () => createZstdCompress() } as const

const compress = (
  pieces: AsyncIterable<Uint8Array>,
  compression: keyof typeof compressors,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> =>
  Readable.from(pieces, { objectMode: false }).compose(compressors[compression](), { signal })

/** Into pieces of at least that length, but the last. */
async function* regroup(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = []
  let length = 0
  for await (const part of parts) {
    held.push(part)
    length += part.length
    if (length < pieceLength) continue
    yield Buffer.concat(held)
    held = []
    length = 0
  }
  if (length > 0) yield Buffer.concat(held)
}
