import { int32, message, optional, repeated, required, uint32, uint64 } from '../schema/index.ts'

export const timeval = message('timeval', {
  tv_sec: required(1, uint64),
  tv_usec: required(2, uint64),
})

export const timespec = message('timespec', {
  tv_sec: required(1, uint64),
  tv_nsec: required(2, uint64),
})

/** Seconds and microseconds: the interval (i) and what is left (v). */
export const itimer_entry = message('itimer_entry', {
  isec: required(1, uint64),
  iusec: required(2, uint64),
  vsec: required(3, uint64),
  vusec: required(4, uint64),
})

/** Seconds and nanoseconds: the interval (i) and what is left (v). */
export const posix_timer_entry = message('posix_timer_entry', {
  it_id: required(1, uint32),
  clock_id: required(2, uint32),
  si_signo: required(3, uint32),
  it_sigev_notify: required(4, uint32),
  sival_ptr: required(5, uint64),
  overrun: required(6, uint32),
  isec: required(7, uint64),
  insec: required(8, uint64),
  vsec: required(9, uint64),
  vnsec: required(10, uint64),
  notify_thread_id: optional(11, int32),
})

export const task_timers_entry = message('task_timers_entry', {
  real: required(1, itimer_entry),
  virt: required(2, itimer_entry),
  prof: required(3, itimer_entry),
  posix: repeated(4, posix_timer_entry),
})
