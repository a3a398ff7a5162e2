import { lstat, mkdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { ByteSourceError } from '../../bytes/index.ts'
import { CheckpointError } from '../../errors.ts'
import { makeFolder } from '../make-folder.ts'

/** Keeps one file from being made; whatever else fails is the end of the extraction. */
export class RefusedName extends Error {
  readonly reason: 'name-taken' | 'name-unusable' | 'too-large'

  constructor(path: string, reason: RefusedName['reason']) {
    super(`${path}: ${reason}`)
    this.reason = reason
  }
}

/**
 * A folder that nothing is written out of: folders in it are checked not to be links, and all else is made under a
 * name of ours, which nothing else has, and then renamed. So no link is followed, and no name stands for half a file.
 */
export class OutputFolder {
  readonly path: string
  readonly #overwrite: boolean
  /** What was not there before, in the order in which it was made. */
  readonly #made: { readonly path: string; readonly isFolder: boolean }[] = []
  /** Inodes of all files that were made, also in the place of others. */
  readonly #inodes = new Set<string>()
  /** Those that are no links, and whether they were made. */
  readonly #folders = new Map<string, boolean>()

  private constructor(path: string, overwrite: boolean) {
    this.path = path
    this.#overwrite = overwrite
  }

  /** Makes the folder if it isn't there, and what is missing above it, for its owner alone. */
  static async open(path: string, overwrite: boolean): Promise<OutputFolder> {
    const output = new OutputFolder(resolve(path), overwrite)
    const missing = await findMissing(output.path)
    await makeFolder(output.path)
    for (const path of missing) output.#made.push({ path, isFolder: true })
    output.#folders.set(output.path, missing.length > 0)
    return output
  }

  /** Folders that weren't there before, the outer ones first. */
  hasMade(folder: string): boolean {
    return this.#folders.get(folder) === true
  }

  /**
   * The folder at `parts`, made with 0700 if it isn't there.
   * @throws {RefusedName} where something else is in the way.
   * @throws {ByteSourceError} FILE_NOT_WRITABLE
   */
  async makeFolder(parts: readonly string[]): Promise<string> {
    let path = this.path
    for (const part of parts) {
      path = join(path, part)
      if (!this.#folders.has(path)) await this.#makeOne(path)
    }
    return path
  }

  /**
   * Has `make` make something under a name that nothing has, and gives it the name at `parts`.
   * @throws {RefusedName} where that is taken: by what was there before, unless it may be overwritten; by a folder; by
   * what this extraction has made, where two names are one.
   * @throws {ByteSourceError} FILE_NOT_WRITABLE
   */
  async place(parts: readonly string[], make: (path: string) => Promise<void>): Promise<string> {
    const folder = await this.makeFolder(parts.slice(0, -1))
    const path = join(folder, parts.at(-1) ?? '')
    const partial = join(folder, `.${crypto.randomUUID()}.partial`)
    try {
      const replaces = await this.#makeWay(path)
      await make(partial)
      const { dev, ino } = await lstat(partial, { bigint: true })
      await writing(path, () => rename(partial, path))
      this.#inodes.add(`${dev}:${ino}`)
      // What was there before can't be brought back, and to leave its place empty would help nobody.
      if (!replaces) this.#made.push({ path, isFolder: false })
      return path
    } catch (error) {
      await rm(partial, { force: true })
      throw error
    }
  }

  /** Removes what was made, and nothing else: what someone put into it meanwhile stays. */
  async undo(): Promise<void> {
    for (const { path, isFolder } of this.#made.toReversed()) {
      await (isFolder ? rmdir(path) : rm(path)).catch(() => {})
    }
  }

  async #makeOne(path: string): Promise<void> {
    const isNew = await writing(path, () =>
      mkdir(path, 0o700).then(
        () => true,
        async (error: NodeJS.ErrnoException) => {
          if (error.code !== 'EEXIST') throw error
          if (!(await lstat(path)).isDirectory()) throw new RefusedName(path, 'name-taken')
          return false
        },
      ),
    )
    if (isNew) this.#made.push({ path, isFolder: true })
    this.#folders.set(path, isNew)
  }

  /** Whether there is something that will give way. */
  async #makeWay(path: string): Promise<boolean> {
    const found = await writing(path, () => lstatIfThere(path))
    if (!found) return false
    const isOurs = this.#inodes.has(`${found.dev}:${found.ino}`)
    if (isOurs || found.isDirectory() || !this.#overwrite) throw new RefusedName(path, 'name-taken')
    return true
  }
}

/** What is at `path`, links not followed. */
export const lstatIfThere = (path: string) =>
  lstat(path, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error
  })

/**
 * Does what writes `path`.
 * @throws {RefusedName} name-unusable; too-large.
 * @throws {ByteSourceError} FILE_NOT_WRITABLE
 */
export async function writing<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (cause) {
    if (cause instanceof RefusedName || cause instanceof CheckpointError) throw cause
    const { code = '', message } = cause as NodeJS.ErrnoException
    // The last one is Node.js's, for a NUL.
    if (/^(ENAMETOOLONG|EILSEQ|EINVAL|ERR_INVALID_ARG_VALUE)$/.test(code))
      throw new RefusedName(path, 'name-unusable')
    if (code === 'EFBIG') throw new RefusedName(path, 'too-large')
    throw new ByteSourceError('FILE_NOT_WRITABLE', `${path} cannot be written: ${message}`, {
      hint:
        code === 'EPERM'
          ? 'Owners are for the superuser to set: leave out --same-owner.'
          : 'Name a folder you may write to, with space for it.',
      cause,
    })
  }
}

/** `path` and the folders above it that aren't there, the outer ones first. */
async function findMissing(path: string): Promise<readonly string[]> {
  const missing: string[] = []
  for (let folder = path; !(await lstatIfThere(folder)); folder = dirname(folder)) missing.unshift(folder)
  return missing
}
