import type { OpenFileDocument } from '../../documents/index.ts'
import type { Descriptor, FileEntry } from '../../formats/criu/index.ts'
import { describeFileDetails } from './describe-file-details.ts'
import type { FileTables } from './file-tables.ts'
import { openFlags } from './open-flags.ts'
import { showPath } from './show-path.ts'

/** A descriptor as `/proc/PID/fd` and `/proc/PID/fdinfo` show it. */
export function describeFile(
  { fd, closeOnExec }: Descriptor,
  file: FileEntry,
  tables: FileTables,
): OpenFileDocument {
  const opened = findFlags(file, tables)
  const kept = openFlags.filter(([, bits]) => (opened & bits) === bits).map(([name]) => name)
  const flags = closeOnExec ? [...kept, 'O_CLOEXEC'] : kept
  const details = describeFileDetails(file, tables)
  const queuedBytes = findQueuedBytes(file, tables)
  const sizeBytes = findSize(file, tables)
  return {
    fd,
    type: findType(file),
    ...showPath(file, tables),
    ...((opened & pathOnly) === 0 && { access: accesses[opened & 3] ?? 'rw' }),
    ...(flags.length > 0 && { flags }),
    ...('position' in file && isSafe(file.position) && { position: Number(file.position) }),
    ...(sizeBytes !== undefined && isSafe(sizeBytes) && { sizeBytes: Number(sizeBytes) }),
    ...(queuedBytes !== undefined && { queuedBytes }),
    ...(details && { details }),
  }
}

/** CRIU keeps how a FIFO was opened with its path. */
function findFlags(file: FileEntry, { files }: FileTables): number {
  const path = file.kind === 'fifo' && file.pathFileId !== undefined ? files.get(file.pathFileId) : undefined
  return (path ?? file).flags
}

/** O_PATH: neither reads nor writes. */
const pathOnly = 0o10000000

const accesses = ['r', 'w', 'rw'] as const

// Positions in /dev/mem and the like, and what a crafted image says, don't fit a JSON number.
const isSafe = (value: bigint): boolean => value <= Number.MAX_SAFE_INTEGER

const findSize = (file: FileEntry, { memfds }: FileTables): bigint | undefined => {
  if (file.kind === 'path') return file.sizeBytes
  return file.kind === 'memfd' ? memfds.get(file.memfdId)?.sizeBytes : undefined
}

function findQueuedBytes(file: FileEntry, { pipeQueues, terminalQueues }: FileTables): number | undefined {
  if ('pipeId' in file) return pipeQueues.get(file.pipeId)
  return file.kind === 'tty' ? terminalQueues.get(file.ttyId) : undefined
}

/** By the bits of a mode that say what a file is. */
const pathTypes: Readonly<Record<number, string>> = {
  1: 'fifo',
  2: 'device',
  4: 'directory',
  6: 'device',
  10: 'symlink',
  12: 'socket',
}

function findType(file: FileEntry): string {
  if (file.kind !== 'path') return file.kind
  return pathTypes[(file.mode ?? 0) >>> 12] ?? 'file'
}
