import { imageTypes } from '../image-types.ts'
import { imageOfMany } from '../read-image.ts'

/** A lock on a part of a file. */
export interface FileLock {
  readonly kind: 'posix' | 'flock' | 'lease' | 'open-file' | 'unknown'
  readonly access: 'read' | 'write' | 'none'
  readonly pid: number
  readonly fd: number
  /** In bytes. */
  readonly start: bigint
  /** In bytes; 0 for all from `start` on. */
  readonly length: bigint
}

/** CRIU's FL_ bits, which aren't the kernel's. */
const kinds = [
  [1, 'posix'],
  [2, 'flock'],
  [4, 'open-file'],
  [8, 'lease'],
] as const

/** F_RDLCK, F_WRLCK, F_UNLCK, for locks of flock(2) too. */
const accesses = ['read', 'write', 'none'] as const

/** `filelocks.img` */
export const fileLocksImage = imageOfMany(
  imageTypes.FILE_LOCKS,
  ({ flag, type, pid, fd, start, len }): FileLock => ({
    kind: kinds.find(([bit]) => flag & bit)?.[1] ?? 'unknown',
    access: accesses[type] ?? 'none',
    pid,
    fd,
    start,
    length: len,
  }),
)
