import { message, required, uint32 } from '../schema/index.ts'

/** Who gets a signal when there is something to read or write: fcntl(2), F_SETOWN. */
export const fown_entry = message('fown_entry', {
  uid: required(1, uint32),
  euid: required(2, uint32),
  signum: required(3, uint32),
  pid_type: required(4, uint32),
  pid: required(5, uint32),
})
