import { ByteSourceError, type Compression } from '../../bytes/index.ts'
import type { ExecSession } from '../cluster/index.ts'
import { encodeName } from './encoded-name.ts'
import { NodeFilesError } from './errors.ts'
import { type FileIdentity, parseIdentity, sameIdentity } from './file-identity.ts'
import { openScriptSession } from './script-session.ts'

export interface NodeFile extends FileIdentity {
  readonly name: string
}

/** One connection to the script in the reader pod. Requests may overlap; they are answered in order. */
export interface ReaderSession extends AsyncDisposable {
  /** The node's clock, in seconds since 1970. */
  now(): Promise<number>
  /** The compressors that the image has. */
  compressors(): Promise<Compression[]>
  list(): Promise<NodeFile[]>
  stat(name: string): Promise<FileIdentity | undefined>
  sha256(name: string): Promise<string | undefined>
  /**
   * Fills `target` from `filled` on with the file's bytes from `fileOffset + filled` on. Returns how far it came:
   * less than `target.length` if the connection broke, from where another session can go on.
   * @throws {ByteSourceError} CHANGED if the file isn't `expected` any more.
   * @throws {NodeFilesError} NODE_FILE_NOT_FOUND
   */
  readInto(
    name: string,
    expected: FileIdentity,
    fileOffset: number,
    target: Uint8Array,
    filled: number,
  ): Promise<number>
}

/** More than any node's folder of archives holds; a made-up list must not fill memory. */
const maxFiles = 100_000

const compressions: readonly Compression[] = ['zstd', 'gzip']

/**
 * Greets the script at the other end of `exec`, which the session then owns.
 * @throws {NodeFilesError} READER_IMAGE_UNSUITABLE; READER_ANSWER_INVALID.
 */
export async function openReaderSession(exec: ExecSession, label: string): Promise<ReaderSession> {
  const session = await openScriptSession(exec, label)
  const { request, invalid, closed } = session
  const identityOf = (words: readonly (string | undefined)[]): FileIdentity => {
    const identity = parseIdentity(words)
    if (!identity) throw invalid(words.join(' '))
    return identity
  }
  return {
    now: () =>
      request('now', async (frames) => {
        const line = await frames.readLine()
        const seconds = /^now (\d{1,15})$/.exec(line)?.[1]
        if (seconds === undefined) throw invalid(line)
        return Number(seconds)
      }),
    compressors: () =>
      request('tools', async (frames) => {
        const line = await frames.readLine()
        const [kind, ...names] = line.split(' ')
        if (kind !== 'tools') throw invalid(line)
        return compressions.filter((name) => names.includes(name))
      }),
    list: () =>
      request('list', async (frames) => {
        const files: NodeFile[] = []
        for (let line = await frames.readLine(); line !== 'end'; line = await frames.readLine()) {
          const [kind, size, mtime, inode, nameLength] = line.split(' ')
          if (kind !== 'item' || !/^\d{1,5}$/.test(nameLength ?? '')) throw invalid(line)
          const identity = identityOf([size, mtime, inode])
          const name = new Uint8Array(Number(nameLength) + 1)
          if ((await frames.fill(name, 0)) < name.length) throw closed()
          if (files.length === maxFiles) throw invalid(`more than ${maxFiles} files`)
          files.push({ name: Buffer.from(name.subarray(0, -1)).toString(), ...identity })
        }
        return files
      }),
    stat: (name) =>
      request(`stat ${encodeName(name)}`, async (frames) => {
        const line = await frames.readLine()
        if (line === 'none') return undefined
        const [kind, ...words] = line.split(' ')
        if (kind !== 'file') throw invalid(line)
        return identityOf(words)
      }),
    sha256: (name) =>
      request(`sha256 ${encodeName(name)}`, async (frames) => {
        const line = await frames.readLine()
        if (line === 'none') return undefined
        const digest = /^sha256 ([0-9a-f]{64})$/.exec(line)?.[1]
        if (digest === undefined) throw invalid(line)
        return digest
      }),
    readInto: (name, expected, fileOffset, target, filled) =>
      request(
        `range ${fileOffset + filled} ${target.length - filled} ${encodeName(name)}`,
        async (frames) => {
          const line = await frames.readLine()
          if (line === 'none') throw fileNotFound(label, name)
          const [kind, ...words] = line.split(' ')
          if (kind !== 'range') throw invalid(line)
          if (!sameIdentity(identityOf(words), expected)) throw fileChanged(label, name)
          const reached = await frames.fill(target, filled)
          if (reached === target.length && (await frames.readLine()) !== 'done') throw invalid('no end')
          return reached
        },
      ),
    [Symbol.asyncDispose]: session[Symbol.asyncDispose],
  }
}

export const fileNotFound = (label: string, name: string): NodeFilesError =>
  new NodeFilesError('NODE_FILE_NOT_FOUND', `${label}: no file ${name}`, {
    hint: 'It may have been removed from the node. Take a new checkpoint, or check the name.',
  })

export const fileChanged = (label: string, name: string): ByteSourceError =>
  new ByteSourceError('CHANGED', `${label}: ${name} has changed since it was opened`, {
    hint: 'Something still writes to it, or wrote a new one over it. Run the command again.',
  })
