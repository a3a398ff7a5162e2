import { readFile } from 'node:fs/promises'
import { ByteSourceError } from '../bytes/index.ts'
import type { Configuration } from './parse-configuration.ts'

/**
 * The configuration in the file at `path`; undefined without such a file.
 * @throws {ConfigurationError} CONFIGURATION_INVALID. @throws {ByteSourceError} FILE_NOT_READABLE
 */
export async function findConfiguration(path: string): Promise<Configuration | undefined> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined
    throw new ByteSourceError('FILE_NOT_READABLE', `${path} cannot be read: ${cause.message}`, { cause })
  })
  if (text === undefined) return undefined
  // Most have no such file, and need not wait for what reads one.
  const { parseConfiguration } = await import('./parse-configuration.ts')
  return parseConfiguration(text, path)
}
