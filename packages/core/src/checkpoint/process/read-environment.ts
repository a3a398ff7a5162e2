import type { ReadOptions } from '../../bytes/index.ts'
import { mmImage, readImage } from '../../formats/criu/index.ts'
import type { Archive } from '../archive/index.ts'
import { readAddressSpace } from './read-address-space.ts'
import { readStrings } from './read-strings.ts'

// Linux takes 6 MiB at most for arguments and environment.
const maxEnvironmentLength = 8n * 1024n * 1024n

/**
 * The environment a process was started with, as it has left it: `NAME=value`. Undefined where the archive doesn't
 * hold that memory, and where it is longer than 8 MiB.
 * @throws {ArchiveError} ENTRY_MISSING where there is no such process, or it is a zombie.
 * @throws {CriuError} every code.
 * @throws {ProcessError} PAGES_MISMATCH
 */
export async function readEnvironment(
  archive: Archive,
  pid: number,
  options: ReadOptions = {},
): Promise<readonly string[] | undefined> {
  const { env } = await readImage(mmImage, archive.image(`mm-${pid}`), options)
  const length = env.end - env.start
  if (length < 0n || length > maxEnvironmentLength) return undefined
  return readStrings(await readAddressSpace(archive, pid, options), env, options)
}
