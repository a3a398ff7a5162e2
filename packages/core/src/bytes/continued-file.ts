import { constants } from 'node:fs'
import { type FileHandle, lstat, open, readdir, rename } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { createPartialFile, type PartialFile, partialFile, writing } from './partial-file.ts'

export interface ContinuedFile extends PartialFile {
  /** How many bytes another process, or an earlier try of this one, left here. */
  readonly keptBytes: number
}

/** Those that this process writes to. */
const inUse = new Set<string>()

/** File systems allow 255 bytes, of which `..KKKKKKKKKKKK.PPPPPPPPPP.partial` takes at most 33. */
const maxNameLength = 222

/**
 * Goes on with what was left of the file that will be `finalPath`, by a process that ended or one that chose to `keep`
 * it, or starts it. Its name, `.NAME.KEY.PID.partial`, says what it is a part of and who writes to it: nobody goes on
 * with the part of another content, nor with one that a process of this machine still writes to.
 * @param content Equal for equal contents only.
 * @throws {ByteSourceError} FILE_NOT_WRITABLE
 */
export async function continuePartialFile(finalPath: string, content: string): Promise<ContinuedFile> {
  // A process of another machine that shares the folder can't be asked whether it lives.
  const key = await digest(JSON.stringify([hostname(), content]))
  const prefix = `.${basename(finalPath).slice(0, maxNameLength)}.${key}.`
  const folder = dirname(finalPath)
  const path = join(folder, `${prefix}${process.pid}.partial`)
  if (inUse.has(path)) return { ...(await createPartialFile(finalPath)), keptBytes: 0 }
  inUse.add(path)
  try {
    const file = await writing(finalPath, async () => {
      for (const name of await readdir(folder)) {
        const writer = name.startsWith(prefix) && /^(\d{1,10})\.partial$/.exec(name.slice(prefix.length))?.[1]
        const left = writer && (await takeOver(join(folder, name), Number(writer), path))
        if (left) return left
      }
      return open(path, 'ax', 0o600)
    })
    const { size } = await file.stat()
    const partial = partialFile(file, path, finalPath)
    return {
      ...partial,
      keptBytes: size,
      async [Symbol.asyncDispose]() {
        try {
          await partial[Symbol.asyncDispose]()
        } finally {
          inUse.delete(path)
        }
      },
    }
  } catch (error) {
    inUse.delete(path)
    throw error
  }
}

/** As many digits of it as tell contents apart. Of the global kind: `node:crypto` takes a while to load. */
async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', Buffer.from(text))
  return Buffer.from(bytes).toString('hex', 0, 6)
}

/** Renames and opens what `writer` left; of several processes that try, one succeeds. */
async function takeOver(left: string, writer: number, path: string): Promise<FileHandle | undefined> {
  if (writer !== process.pid && isAlive(writer)) return undefined
  try {
    // Others may write to the folder, too: no file of theirs is taken, and no link followed.
    const { mode, nlink, uid } = await lstat(left)
    if (nlink !== 1 || (process.getuid && (uid !== process.getuid() || (mode & 0o77) !== 0))) return undefined
    await rename(left, path)
    return await open(path, constants.O_RDWR | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0))
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
