import { ByteSourceError } from '../../bytes/index.ts'
import type { ExecSession } from '../cluster/index.ts'
import { encodeName } from './encoded-name.ts'
import { NodeFilesError } from './errors.ts'
import { openScriptSession } from './script-session.ts'

/** What tells one state of a file from another: modification time in whole seconds, as every `stat` gives it. */
export interface FileIdentity {
  readonly size: number
  readonly mtimeSeconds: number
  readonly inode: string
}

export interface NodeFile extends FileIdentity {
  readonly name: string
}

/** One connection to the script in the reader pod. Requests may overlap; they are answered in order. */
export interface ReaderSession extends AsyncDisposable {
  /** The node's clock, in seconds since 1970. */
  now(): Promise<number>
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

export const sameIdentity = (a: FileIdentity, b: FileIdentity): boolean =>
  a.size === b.size && a.mtimeSeconds === b.mtimeSeconds && a.inode === b.inode

/**
 * Greets the script at the other end of `exec`, which the session then owns.
 * @throws {NodeFilesError} READER_IMAGE_UNSUITABLE; READER_ANSWER_INVALID.
 */
export async function openReaderSession(exec: ExecSession, label: string): Promise<ReaderSession> {
  const session = await openScriptSession(exec, label)
  const { request, invalid, closed } = session
  const parseIdentity = (words: readonly (string | undefined)[]): FileIdentity => {
    const [size, mtime, inode] = words
    const numeric = words.length === 3 && words.every((word) => /^\d{1,20}$/.test(word ?? ''))
    if (!numeric || !Number.isSafeInteger(Number(size)) || !Number.isSafeInteger(Number(mtime))) {
      throw invalid(words.join(' '))
    }
    return { size: Number(size), mtimeSeconds: Number(mtime), inode: String(inode) }
  }
  return {
    now: () =>
      request('now', async (frames) => {
        const line = await frames.readLine()
        const seconds = /^now (\d{1,15})$/.exec(line)?.[1]
        if (seconds === undefined) throw invalid(line)
        return Number(seconds)
      }),
    list: () =>
      request('list', async (frames) => {
        const files: NodeFile[] = []
        for (let line = await frames.readLine(); line !== 'end'; line = await frames.readLine()) {
          const [kind, size, mtime, inode, nameLength] = line.split(' ')
          if (kind !== 'item' || !/^\d{1,5}$/.test(nameLength ?? '')) throw invalid(line)
          const identity = parseIdentity([size, mtime, inode])
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
        return parseIdentity(words)
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
          if (!sameIdentity(parseIdentity(words), expected)) throw fileChanged(label, name)
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
