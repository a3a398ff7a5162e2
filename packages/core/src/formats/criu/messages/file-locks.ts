import { int32, int64, message, required, uint32 } from '../schema/index.ts'

/** `filelocks.img` */
export const file_lock_entry = message('file_lock_entry', {
  /** 1 of fcntl(2), 2 of flock(2), 4 an open file description's, 8 a lease. */
  flag: required(1, uint32),
  /** 0 to read, 1 to write, 2 none. */
  type: required(2, uint32),
  pid: required(3, int32),
  fd: required(4, int32),
  start: required(5, int64),
  len: required(6, int64),
})
