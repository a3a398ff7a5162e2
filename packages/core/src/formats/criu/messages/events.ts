import { hex, message, optional, repeated, required, uint32, uint64 } from '../schema/index.ts'
import { fown_entry } from './file-owner.ts'

export const eventfd_file_entry = message('eventfd_file_entry', {
  id: required(1, uint32),
  flags: required(2, uint32),
  fown: required(3, fown_entry),
  counter: required(4, uint64),
})

/** A descriptor that is watched. */
export const eventpoll_tfd_entry = message('eventpoll_tfd_entry', {
  id: required(1, uint32),
  tfd: required(2, uint32),
  events: required(3, uint32),
  data: required(4, uint64),
  dev: optional(5, uint32),
  inode: optional(6, uint64),
  pos: optional(7, uint64),
})

export const eventpoll_file_entry = message('eventpoll_file_entry', {
  id: required(1, uint32),
  flags: required(2, uint32),
  fown: required(3, fown_entry),
  tfd: repeated(4, eventpoll_tfd_entry),
})

export const signalfd_entry = message('signalfd_entry', {
  id: required(1, uint32),
  flags: required(2, uint32, hex),
  fown: required(3, fown_entry),
  /** Bit n - 1 stands for signal n. */
  sigmask: required(4, uint64, hex),
})

/** Seconds and nanoseconds: what is left (v) and the interval (i). */
export const timerfd_entry = message('timerfd_entry', {
  id: required(1, uint32),
  flags: required(2, uint32, hex),
  fown: required(3, fown_entry),
  clockid: required(4, uint32),
  ticks: required(5, uint64),
  settime_flags: required(6, uint32, hex),
  vsec: required(7, uint64),
  vnsec: required(8, uint64),
  isec: required(9, uint64),
  insec: required(10, uint64),
})
