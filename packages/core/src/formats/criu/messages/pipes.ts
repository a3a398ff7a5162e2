import { hex, message, optional, required, uint32 } from '../schema/index.ts'
import { fown_entry } from './file-owner.ts'

/** One end of a pipe; both ends have the same `pipe_id`. */
export const pipe_entry = message('pipe_entry', {
  id: required(1, uint32),
  pipe_id: required(2, uint32),
  flags: required(3, uint32, hex),
  fown: required(4, fown_entry),
})

export const fifo_entry = message('fifo_entry', {
  id: required(1, uint32),
  pipe_id: required(2, uint32),
  /** Its path is that of this regular file. */
  regf_id: optional(3, uint32),
})

/** `pipes-data.img` and `fifo-data.img`: what waits in a pipe, followed by its `bytes` bytes. */
export const pipe_data_entry = message('pipe_data_entry', {
  pipe_id: required(1, uint32),
  bytes: required(2, uint32),
  /** The capacity that F_SETPIPE_SZ has set. */
  size: optional(3, uint32),
})
