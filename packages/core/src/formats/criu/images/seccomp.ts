import { imageTypes } from '../image-types.ts'
import { imageOfOne } from '../read-image.ts'

/** A filter of system calls: a program of classic BPF. */
export interface SeccompFilter {
  readonly instructionCount: number
  /** SECCOMP_FILTER_FLAG_ bits that it was added with, of which the kernel tells LOG alone. */
  readonly flags: number
  /** All threads of the process have it; then CRIU keeps to itself that others than the first have any. */
  readonly ofAllThreads: boolean
  /** Which filter the same thread added next. */
  readonly next?: number
}

const bytesPerInstruction = 8

/** SECCOMP_FILTER_FLAG_TSYNC, which CRIU sets, whether or not the program did. */
const ofAllThreadsFlag = 1

/** `seccomp.img`: the filters of all threads. */
export const seccompImage = imageOfOne(imageTypes.SECCOMP, ({ seccomp_filters }) =>
  seccomp_filters.map(
    ({ filter, flags = 0, prev }): SeccompFilter => ({
      instructionCount: Math.floor(filter.length / bytesPerInstruction),
      flags: flags & ~ofAllThreadsFlag,
      ofAllThreads: (flags & ofAllThreadsFlag) !== 0,
      ...(prev !== undefined && { next: prev }),
    }),
  ),
)
