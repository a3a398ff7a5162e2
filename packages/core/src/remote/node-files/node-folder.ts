import { type ByteSource, checkRange } from '../../bytes/index.ts'
import type { Clock } from '../../clock.ts'
import type { ResumeEvent } from './broken-connection.ts'
import { checkName } from './check-name.ts'
import { type FileIdentity, sameIdentity } from './file-identity.ts'
import { openFileStream, type RunStream, type TransferWay } from './file-stream.ts'
import { createPersistentSession, unfinished } from './persistent-session.ts'
import { type Compress, planWays } from './plan-ways.ts'
import { fileChanged, fileNotFound, type NodeFile, type ReaderSession } from './reader-session.ts'
import { unsuitable } from './script-session.ts'
import { createTransfer, type Transfer } from './transfer.ts'

/** The files directly in one folder of one node, read through a reader pod. */
export interface NodeFolder {
  /** `node-a:/var/lib/kubelet/checkpoints`, for messages. */
  readonly label: string
  /** The node's clock, in seconds since 1970: what its files' times are to be compared with. */
  now(signal?: AbortSignal): Promise<number>
  list(signal?: AbortSignal): Promise<NodeFile[]>
  /**
   * The ways in which a transfer may go, by what the reader's image can compress with.
   * @throws {NodeFilesError} READER_IMAGE_UNSUITABLE
   */
  ways(compress: Compress, signal?: AbortSignal): Promise<TransferWay[]>
  /**
   * A file as a source; nothing to close. A read goes on at the byte where a connection broke.
   * @throws {NodeFilesError} NODE_FILE_NOT_FOUND
   */
  open(name: string, signal?: AbortSignal): Promise<NodeFileSource>
}

export interface NodeFileSource extends ByteSource {
  /** `node-a:/var/lib/kubelet/checkpoints/x.tar`: its label leaves out the folder. */
  readonly place: string
  readonly identity: FileIdentity
  /**
   * SHA-256 as the node computes it, in hexadecimal; about a second per GB.
   * @throws {ByteSourceError} CHANGED since it was opened.
   */
  sha256(signal?: AbortSignal): Promise<string>
  /**
   * Its bytes from `from` to the end, by whichever of the `ways` is measured to be the fastest; the first of them where
   * that isn't worth a trial. Goes on at the byte where a connection broke, and throws as `read` does.
   */
  transfer(request: TransferRequest): Transfer
}

interface TransferRequest {
  readonly from: number
  readonly ways: readonly TransferWay[]
  readonly signal: AbortSignal
}

export interface NodeFolderOptions {
  readonly node: string
  readonly directory: string
  readonly clock: Clock
  /** A fresh connection to the reader's script; called again after one broke. */
  readonly connect: () => Promise<ReaderSession>
  readonly runStream: RunStream
  /** Told once of each connection that broke, when the next one is there. */
  readonly onResume?: (event: ResumeEvent) => void
}

export interface OpenNodeFolder extends NodeFolder, AsyncDisposable {}

export function openNodeFolder(options: NodeFolderOptions): OpenNodeFolder {
  const { node, directory, clock, connect, runStream, onResume } = options
  const label = `${node}:${directory}`
  const session = createPersistentSession({ label, clock, connect, ...(onResume && { onResume }) })
  const { persist } = session
  const ask = <T>(name: string, question: (session: ReaderSession) => Promise<T>, signal?: AbortSignal) =>
    persist(name, question, () => 0, signal)

  return {
    label,
    now: (signal) => ask('its clock', (live) => live.now(), signal),
    list: (signal) => ask('its files', (live) => live.list(), signal),
    async ways(compress, signal) {
      if (compress === 'none') return planWays(compress, [])
      const compressors = await ask('its tools', (live) => live.compressors(), signal)
      if (compress !== 'auto' && !compressors.includes(compress)) throw unsuitable(label, compress)
      return planWays(compress, compressors)
    },
    async open(name, signal) {
      checkName(label, name)
      const identity = await ask(name, (live) => live.stat(name), signal)
      if (identity === undefined) throw fileNotFound(label, name)
      const source: NodeFileSource = {
        label: `${node}:${name}`,
        place: `${label}/${name}`,
        size: identity.size,
        identity,
        async read(offset, length, readOptions) {
          checkRange(source, offset, length)
          const target = new Uint8Array(length)
          let filled = 0
          return persist(
            name,
            async (live) => {
              filled = await live.readInto(name, identity, offset, target, filled)
              return filled === length ? target : unfinished
            },
            () => offset + filled,
            readOptions?.signal,
          )
        },
        async sha256(digestSignal) {
          const digest = await ask(name, (live) => live.sha256(name), digestSignal)
          const found = await ask(name, (live) => live.stat(name), digestSignal)
          if (digest === undefined || found === undefined) throw fileNotFound(label, name)
          if (!sameIdentity(found, identity)) throw fileChanged(label, name)
          return digest
        },
        transfer: ({ from, ways, signal: transferSignal }) =>
          createTransfer({
            from,
            size: identity.size,
            ways,
            clock,
            signal: transferSignal,
            open: (position, way) =>
              openFileStream(runStream, source.label, { name, expected: identity, from: position, way }),
            onResume: (event) => onResume?.({ name, ...event }),
          }),
      }
      return source
    },
    [Symbol.asyncDispose]: session[Symbol.asyncDispose],
  }
}
