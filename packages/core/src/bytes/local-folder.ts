import { type BigIntStats, constants } from 'node:fs'
import { lstat, open, opendir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { type ByteSource, checkRange, type ReadOptions } from './byte-source.ts'
import { ByteSourceError } from './errors.ts'
import { firstIndex } from './first-index.ts'

/** A file in a folder, or below it. */
export interface FolderEntry {
  /** From the folder on, with `/` between its parts. */
  readonly name: string
  readonly type: 'file' | 'directory' | 'symlink' | 'character-device' | 'block-device' | 'fifo'
  /** Where its bytes stand in the folder's `source`. */
  readonly offset: number
  readonly size: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly mtimeSeconds: number
  readonly linkName?: string
}

export interface LocalFolder {
  /** In order of their names, a folder before what is in it. Sockets are left out. */
  readonly entries: readonly FolderEntry[]
  /** All its regular files, one after another: what can read an archive can read a folder. */
  readonly source: ByteSource
}

export interface LocalFolderOptions extends ReadOptions {
  /** How many entries the folder may have. Default: 200,000. */
  readonly maxEntries?: number
}

interface Listed extends FolderEntry {
  readonly stats: BigIntStats
}

/**
 * Lists a folder of this machine and everything below it, following no links. Its files are opened anew for each read:
 * nothing is to be closed.
 * @throws {ByteSourceError} FILE_NOT_FOUND; FILE_NOT_READABLE; FOLDER_TOO_LARGE. Reads: CHANGED since it was listed.
 */
export async function readLocalFolder(path: string, options: LocalFolderOptions = {}): Promise<LocalFolder> {
  const entries = await reading(path, () => listFolder(path, options))
  const files = entries.filter(({ type, size }) => type === 'file' && size > 0)
  const last = files.at(-1)
  const source: ByteSource = {
    label: path,
    size: last ? last.offset + last.size : 0,
    async read(offset, length, readOptions) {
      readOptions?.signal?.throwIfAborted()
      checkRange(source, offset, length)
      const bytes = new Uint8Array(length)
      const end = offset + length
      for (let index = firstEndingAfter(files, offset); ; index += 1) {
        const file = files[index]
        if (!file || file.offset >= end) return bytes
        const [from, to] = [Math.max(offset, file.offset), Math.min(end, file.offset + file.size)]
        await readInto(path, file, from - file.offset, bytes.subarray(from - offset, to - offset))
      }
    },
  }
  return { entries, source }
}

/** The index of the first file that has a byte at `offset` or later. */
const firstEndingAfter = (files: readonly FolderEntry[], start: number): number =>
  firstIndex(files, ({ offset, size }) => offset + size > start)

async function listFolder(path: string, options: LocalFolderOptions): Promise<Listed[]> {
  const { maxEntries = 200_000, signal } = options
  const entries: Listed[] = []
  let offset = 0
  const visit = async (folder: string) => {
    const names: string[] = []
    for await (const { name } of await opendir(join(path, folder))) {
      names.push(name)
      if (entries.length + names.length > maxEntries) throw tooLarge(path, maxEntries)
    }
    signal?.throwIfAborted()
    for (const base of names.sort()) {
      const name = folder === '' ? base : `${folder}/${base}`
      const entry = await listEntry(path, name, offset)
      if (!entry) continue
      entries.push(entry)
      offset += entry.size
      if (entry.type === 'directory') await visit(name)
    }
  }
  await visit('')
  return entries
}

async function listEntry(path: string, name: string, offset: number): Promise<Listed | undefined> {
  const stats = await lstat(join(path, name), { bigint: true })
  const type = typeOf(stats)
  if (!type) return undefined
  return {
    name,
    type,
    offset,
    size: type === 'file' ? Number(stats.size) : 0,
    mode: Number(stats.mode & 0o7777n),
    uid: Number(stats.uid),
    gid: Number(stats.gid),
    mtimeSeconds: Number(stats.mtimeNs) / 1e9,
    ...(type === 'symlink' ? { linkName: await readlink(join(path, name)) } : {}),
    stats,
  }
}

function typeOf(stats: BigIntStats): FolderEntry['type'] | undefined {
  if (stats.isFile()) return 'file'
  if (stats.isDirectory()) return 'directory'
  if (stats.isSymbolicLink()) return 'symlink'
  if (stats.isCharacterDevice()) return 'character-device'
  if (stats.isBlockDevice()) return 'block-device'
  return stats.isFIFO() ? 'fifo' : undefined
}

async function readInto(path: string, { name, stats }: Listed, offset: number, target: Uint8Array) {
  const where = join(path, name)
  // A link, or a pipe without a writer, may have taken the file's place.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
  await using file = await reading(where, () => open(where, flags))
  for (let filled = 0; filled < target.length; ) {
    const { bytesRead } = await file.read(target, filled, target.length - filled, offset + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  const now = await file.stat({ bigint: true })
  if (now.ino !== stats.ino || now.size !== stats.size || now.mtimeNs !== stats.mtimeNs) {
    throw new ByteSourceError('CHANGED', `${where} has changed since it was listed`, {
      hint: 'Wait until nothing writes to it any more, then run the command again.',
    })
  }
}

async function reading<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (cause) {
    const { code, syscall, message } = cause as NodeJS.ErrnoException
    // What no system call says is ours, or the reason of an abort.
    if (syscall === undefined) throw cause
    if (code === 'ENOENT') throw new ByteSourceError('FILE_NOT_FOUND', `${path}: no such file`, { cause })
    throw new ByteSourceError('FILE_NOT_READABLE', `${path} cannot be read: ${message}`, { cause })
  }
}

const tooLarge = (path: string, limit: number): ByteSourceError =>
  new ByteSourceError('FOLDER_TOO_LARGE', `${path} has more than ${limit} files`, {
    hint: 'Name the folder with the checkpoint itself.',
  })
