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

/** FL_ bits of the kernel. */
const kinds = [
  [0x1, 'posix'],
  [0x2, 'flock'],
  [0x20, 'lease'],
  [0x400, 'open-file'],
] as const

/** F_RDLCK, F_WRLCK, F_UNLCK; flock(2)'s LOCK_SH, LOCK_EX are written as the same. */
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
