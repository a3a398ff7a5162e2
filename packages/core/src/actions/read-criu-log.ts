import { basename, dirname } from 'node:path/posix'
import type { Scope } from './scope.ts'

export interface CriuLogFile {
  readonly text: string
  /** By the node's clock. */
  readonly modifiedAt: Date
}

/** CRIU's log of a container with thousands of files; the reason stands near its end. */
const logLimitBytes = 32 * 1024 * 1024

/** Reads the end of CRIU's log at `path` on a node. @throws what reading the node throws. */
export async function readCriuLog(
  { readers, signal }: Pick<Scope, 'readers' | 'signal'>,
  node: string,
  path: string,
): Promise<CriuLogFile> {
  const folder = dirname(path)
  try {
    const log = await readers.folder(node, folder).open(basename(path), signal)
    const length = Math.min(log.size, logLimitBytes)
    const bytes = await log.read(log.size - length, length, { signal })
    return {
      text: new TextDecoder().decode(bytes),
      modifiedAt: new Date(log.identity.mtimeSeconds * 1000),
    }
  } finally {
    // Each container has a folder of its own: of hundreds that are refused alike, the pods would pile up.
    await readers.close(node, folder)
  }
}
