import { promisify } from 'node:util'
import { ByteSourceError } from '../../bytes/index.ts'
import type { FileNode } from '../../checkpoint/filesystem/index.ts'
import { messageOf } from '../../errors.ts'

/**
 * Makes a device or FIFO at `path`, which is absolute and free, for its owner alone. Node.js can't: the system's
 * `mknod` does.
 * @throws {ByteSourceError} FILE_NOT_WRITABLE
 */
export async function makeDevice(path: string, { type, device }: FileNode): Promise<void> {
  const letter = type === 'fifo' ? 'p' : type === 'block-device' ? 'b' : 'c'
  const numbers = type === 'fifo' ? [] : [`${device?.major ?? 0}`, `${device?.minor ?? 0}`]
  try {
    // Loaded here: few archives hold a device.
    const { execFile } = await import('node:child_process')
    await promisify(execFile)('mknod', ['-m', '600', path, letter, ...numbers])
  } catch (cause) {
    throw new ByteSourceError('FILE_NOT_WRITABLE', `${path} cannot be made: ${messageOf(cause)}`, {
      hint: 'Devices are for the superuser alone: leave out --devices.',
      cause,
    })
  }
}
