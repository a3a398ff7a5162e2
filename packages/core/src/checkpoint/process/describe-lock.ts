import type { FileLockDocument } from '../../documents/index.ts'
import type { FileLock } from '../../formats/criu/index.ts'

/** A lock as flock(2) or fcntl(2) gave it. */
export const describeLock = ({ fd, kind, access, start, length }: FileLock): FileLockDocument => ({
  fd,
  kind,
  access,
  start: toByteCount(start),
  ...(length !== 0n && { lengthBytes: toByteCount(length) }),
})

/** Those of a crafted image may be negative, or more than a number can count. */
const toByteCount = (value: bigint): number => {
  if (value < 0n) return 0
  return Math.min(Number(value), Number.MAX_SAFE_INTEGER)
}
