import { quote } from '../../quote.ts'
import { FilesystemError } from './errors.ts'

// What Linux takes at most.
const maxPathLength = 4096
const maxNameLength = 255
// Each part costs a folder: without a limit, few long names would make millions.
const maxDepth = 256

/**
 * The parts of a path in an archive, which may begin with slashes; none for the root.
 * @param where For messages: the entry's name in the archive.
 * @throws {FilesystemError} BAD_FILE_NAME where `..` is among them, and for what no kernel would take.
 */
export function parseFilePath(path: string, where: string): readonly string[] {
  const bad = (reason: string) =>
    new FilesystemError('BAD_FILE_NAME', `${where}: ${quote(JSON.stringify(path.slice(0, 400)))} ${reason}`)
  if (path.length > maxPathLength) throw bad('is too long')
  if (path.includes('\0')) throw bad('has a NUL in it')
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.includes('..')) throw bad('leads out of its folder')
  if (parts.length > maxDepth) throw bad('is too deep')
  if (parts.some((part) => part.length > maxNameLength)) throw bad('has too long a name in it')
  return parts
}

/** The parts of a path that a user wrote: as in a shell in the container, `..` leads up, and not above the root. */
export function resolveParts(path: string): readonly string[] {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts
}
