import { pipeline, Readable } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import type { Compression } from '../../bytes/index.ts'
import type { ExecSession } from '../cluster/index.ts'
import { type FileIdentity, parseIdentity, sameIdentity } from './file-identity.ts'
import { type FrameReader, frameReader } from './frame-reader.ts'
import { fileChanged, fileNotFound } from './reader-session.ts'
import { connectionLost, invalidAnswer, unsuitable } from './script-session.ts'

/** How the bytes of a file come here. */
export interface TransferWay {
  /** What the node compresses them with. */
  readonly compression: 'none' | Compression
  /** With two, each brings every other piece of the file. */
  readonly connections: 1 | 2
}

/** A file on its way, from a byte of it to its end. Disposing of it ends the connections. */
export interface FileStream extends AsyncDisposable {
  /** How many bytes came over the connections so far, compressed as they were. */
  readonly receivedBytes: number
  /**
   * The bytes in order, once.
   * @throws {ClusterError} EXEC_LOST if a connection breaks: what came before is good.
   * @throws {ByteSourceError} CHANGED
   * @throws {NodeFilesError} READER_ANSWER_INVALID
   */
  pieces(): AsyncGenerator<Uint8Array>
}

export interface FileStreamRequest {
  readonly name: string
  readonly expected: FileIdentity
  readonly from: number
  readonly way: TransferWay
}

/** Runs the stream script with these words, to which it adds the folder. */
export type RunStream = (words: readonly string[]) => Promise<ExecSession>

/** What is handed over at a time, and the turn of one connection of two. */
const pieceLength = 256 * 1024

/**
 * Has the node send a file, after it has said that it is the expected one.
 * @throws {NodeFilesError} NODE_FILE_NOT_FOUND; READER_IMAGE_UNSUITABLE; READER_ANSWER_INVALID.
 * @throws {ByteSourceError} CHANGED
 */
export async function openFileStream(
  run: RunStream,
  label: string,
  request: FileStreamRequest,
): Promise<FileStream> {
  const { from, expected, way } = request
  const { size } = expected
  await using opening = new AsyncDisposableStack()
  const lanes = await Promise.all(
    Array.from({ length: way.connections }, async (_, index) => {
      const count = way.connections === 1 ? size : pieceLength
      const start = from + index * count
      const stride = way.connections * count
      const words = [way.compression, start, count, stride, request.name].map(String)
      const exec = opening.use(await run(words))
      return openLane(exec, label, request)
    }),
  )
  const connections = opening.move()

  /** Of the piece of this number; 0 after the last one. */
  const lengthOf = (number: number): number =>
    Math.max(0, Math.min(pieceLength, size - from - number * pieceLength))
  return {
    get receivedBytes() {
      return lanes.reduce((sum, lane) => sum + lane.receivedBytes, 0)
    },
    async *pieces() {
      // One piece of each connection is read ahead, so that none waits for another's turn to be over.
      const turns = lanes.map((lane, index) => ({ lane, piece: lane.read(lengthOf(index)) }))
      for (
        let number = 0, turn = turns.shift();
        turn && lengthOf(number) > 0;
        number += 1, turn = turns.shift()
      ) {
        const { lane } = turn
        const piece = await turn.piece
        turns.push({ lane, piece: lane.read(lengthOf(number + lanes.length)) })
        if (piece.length > 0) yield piece
        if (piece.length < lengthOf(number)) throw await lane.explainEnd()
      }
      for (const lane of lanes) await lane.end()
    },
    [Symbol.asyncDispose]: () => connections[Symbol.asyncDispose](),
  }
}

/** One connection, and the bytes that it brings. */
interface Lane {
  readonly receivedBytes: number
  /** So many bytes, or fewer where they end. */
  read(length: number): Promise<Uint8Array>
  /** Why there were no more bytes though more were to come. */
  explainEnd(): Promise<Error>
  /** Waits for the command's end after all of its bytes. */
  end(): Promise<void>
}

async function openLane(
  exec: ExecSession,
  label: string,
  { name, expected, way }: FileStreamRequest,
): Promise<Lane> {
  const lost = () => connectionLost(`${label}: the connection that brought ${name} closed`)
  const frames = frameReader(exec.stdio, lost)
  const line = await frames.readLine()
  if (line === 'none') throw fileNotFound(label, name)
  if (line.startsWith('missing ')) throw unsuitable(label, line.slice('missing '.length))
  const [kind, ...words] = line.split(' ')
  const identity = kind === 'file' ? parseIdentity(words) : undefined
  if (!identity) throw invalidAnswer(label, line)
  if (!sameIdentity(identity, expected)) throw fileChanged(label, name)

  const inflated = way.compression === 'none' ? undefined : inflate(frames, way.compression)
  const content = inflated ? frameReader(inflated, lost) : frames
  let plainBytes = 0
  const checkEnd = async () => {
    const { exitCode } = await exec.status
    if (exitCode === 3) throw fileChanged(label, name)
    if (exitCode !== 0) throw lost()
  }
  return {
    get receivedBytes() {
      return inflated?.bytesWritten ?? plainBytes
    },
    async read(length) {
      const piece = Buffer.allocUnsafe(length)
      const filled = await content.fill(piece, 0)
      plainBytes += filled
      return piece.subarray(0, filled)
    },
    async explainEnd() {
      const { code, message } = (inflated?.errored ?? {}) as NodeJS.ErrnoException
      if (/^(Z_DATA|ZSTD_)/.test(code ?? '')) return invalidAnswer(label, message)
      return checkEnd().then(lost, (error: Error) => error)
    },
    async end() {
      if ((await content.fill(new Uint8Array(1), 0)) > 0) throw invalidAnswer(label, 'more than the file')
      await checkEnd()
    },
  }
}

function inflate(frames: FrameReader, compression: Compression) {
  const decompressor = compression === 'gzip' ? createGunzip() : createZstdDecompress()
  // An error of either comes out of the decompressor.
  return pipeline(Readable.from(frames.rest()), decompressor, () => {})
}
