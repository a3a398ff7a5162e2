import { type BigIntStats, constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { checkRange, type OpenByteSource } from './byte-source.ts'
import { ByteSourceError } from './errors.ts'

const sameFile = (a: BigIntStats, b: BigIntStats): boolean => a.size === b.size && a.mtimeNs === b.mtimeNs

/**
 * Opens a regular file of this machine for reading.
 * @throws {ByteSourceError} FILE_NOT_FOUND; FILE_NOT_READABLE (permission, a folder, a device, a pipe).
 */
export async function openLocalFile(path: string): Promise<OpenByteSource> {
  const file = await openForReading(path)
  const opened = await file.stat({ bigint: true })
  if (!opened.isFile()) {
    await file.close()
    throw new ByteSourceError('FILE_NOT_READABLE', `${path} is not a regular file`, {
      hint: 'Name a checkpoint archive.',
    })
  }
  const source: OpenByteSource = {
    label: path,
    size: Number(opened.size),
    async read(offset, length, options) {
      options?.signal?.throwIfAborted()
      checkRange(source, offset, length)
      const bytes = new Uint8Array(length)
      let filled = 0
      while (filled < length) {
        const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled)
        if (bytesRead === 0) throw new ByteSourceError('TRUNCATED', `${path} ends at ${offset + filled}`)
        filled += bytesRead
      }
      if (!sameFile(opened, await file.stat({ bigint: true }))) {
        throw new ByteSourceError('CHANGED', `${path} has changed since it was opened`, {
          hint: 'Wait until nothing writes to it any more, then run the command again.',
        })
      }
      return bytes
    },
    async [Symbol.asyncDispose]() {
      await file.close()
    },
  }
  return source
}

async function openForReading(path: string): Promise<FileHandle> {
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for its writer.
    return await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new ByteSourceError('FILE_NOT_FOUND', `${path}: no such file`, { cause })
    }
    throw new ByteSourceError('FILE_NOT_READABLE', `${path} cannot be opened: ${(cause as Error).message}`, {
      cause,
    })
  }
}
