import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { ByteSourceError } from '../bytes/index.ts'

/**
 * Makes a folder and what is missing above it, for their owner alone; what is there stays as it is.
 * @throws {ByteSourceError} FILE_NOT_WRITABLE
 */
export async function makeFolder(path: string): Promise<void> {
  await makeWithParents(resolve(path)).catch((cause: Error) => {
    throw new ByteSourceError('FILE_NOT_WRITABLE', `${path} cannot be made: ${cause.message}`, {
      hint: 'Name a folder you may write to.',
      cause,
    })
  })
}

/** Node's own way of doing so never ends in a folder like /proc/1, where making one fails though its parent is there. */
async function makeWithParents(path: string): Promise<void> {
  const make = () =>
    mkdir(path, 0o700).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
      if (!(await stat(path)).isDirectory()) throw new Error('it is not a folder')
    })
  await make().catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' || dirname(path) === path) throw error
    await makeWithParents(dirname(path))
    await make()
  })
}
