import { type FileHandle, link, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ByteSourceError } from './errors.ts'

/** A file being written under another name, so that its final name never stands for half of it. */
export interface PartialFile extends AsyncDisposable {
  /** Where the bytes go until `commit`: beside the final file, with `.partial` in its name. */
  readonly path: string
  write(bytes: Uint8Array): Promise<void>
  /**
   * Makes the bytes durable and gives them their final name.
   * @throws {ByteSourceError} FILE_EXISTS if something got that name in the meantime; it stays as it is.
   */
  commit(): Promise<void>
  /** Forgets what was written so far. */
  restart(): Promise<void>
  /** Leaves what was not committed, for somebody to go on with. */
  keep(): void
}

/** File systems allow 255 bytes, of which `.XXXXXXXX.partial` takes 17. */
const maxNameLength = 238

/**
 * Starts writing the file that will be `finalPath`, readable by its owner alone (0600).
 * Disposing of it without `commit` or `keep` removes it.
 * @throws {ByteSourceError} FILE_NOT_WRITABLE, also of what it can do: no right to, no space left.
 */
export async function createPartialFile(finalPath: string): Promise<PartialFile> {
  // The random part keeps two commands that write the same file apart.
  const name = basename(finalPath).slice(0, maxNameLength)
  const path = join(dirname(finalPath), `${name}.${crypto.randomUUID().slice(0, 8)}.partial`)
  return partialFile(await writing(finalPath, () => open(path, 'ax', 0o600)), path, finalPath)
}

/** `file`, which the caller opened at `path` to write at its end, as what will be `finalPath`. */
export function partialFile(file: FileHandle, path: string, finalPath: string): PartialFile {
  let isOpen = true
  let isKept = false
  const close = async () => {
    if (isOpen) {
      isOpen = false
      await file.close()
    }
  }
  return {
    path,
    write: (bytes) => writing(finalPath, () => file.writeFile(bytes)),
    restart: () => writing(finalPath, () => file.truncate(0)),
    commit: () =>
      writing(finalPath, async () => {
        await file.sync()
        await close()
        await claim(path, finalPath)
      }),
    keep() {
      isKept = true
    },
    async [Symbol.asyncDispose]() {
      try {
        await close()
      } finally {
        if (!isKept) await rm(path, { force: true })
      }
    },
  }
}

/** @throws {ByteSourceError} FILE_NOT_WRITABLE where `step` fails. */
export async function writing<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (cause) {
    if (cause instanceof ByteSourceError) throw cause
    throw new ByteSourceError('FILE_NOT_WRITABLE', `${path} cannot be written: ${(cause as Error).message}`, {
      hint: 'Name a folder you may write to, with space for it.',
      cause,
    })
  }
}

/** Renames without replacing: a hard link fails where the name is taken, which `rename` would overwrite. */
async function claim(path: string, finalPath: string): Promise<void> {
  try {
    await link(path, finalPath)
    await rm(path)
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException
    if (code === 'EEXIST') {
      throw new ByteSourceError('FILE_EXISTS', `${finalPath} was made by something else meanwhile`, {
        hint: 'Move it away, or fetch into another folder.',
        cause,
      })
    }
    // File systems without hard links (exFAT, some network mounts), where nothing better can be done.
    if (!/^(EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS|EINVAL|EISDIR)$/.test(code)) throw cause
    await rename(path, finalPath)
  }
}
