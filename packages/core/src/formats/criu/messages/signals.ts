import { bool, bytes, hex, message, optional, repeated, required, uint64 } from '../schema/index.ts'

/** What happens on a signal. */
export const sa_entry = message('sa_entry', {
  /** The handler's address; 0 for the default, 1 to ignore. */
  sigaction: required(1, uint64, hex),
  flags: required(2, uint64, hex),
  restorer: required(3, uint64, hex),
  mask: required(4, uint64, hex),
  compat_sigaction: optional(5, bool),
  mask_extended: optional(6, uint64, hex),
})

export const siginfo_entry = message('siginfo_entry', {
  /** The kernel's siginfo_t. */
  siginfo: required(1, bytes),
})

export const signal_queue_entry = message('signal_queue_entry', {
  signals: repeated(1, siginfo_entry),
})
