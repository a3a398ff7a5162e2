import type { SeccompFilterDocument } from '../../documents/index.ts'
import { CriuError, type SeccompFilter, seccompImage, type Thread } from '../../formats/criu/index.ts'
import { type ReportUnreadable, unlessUnreadable } from '../archive/index.ts'
import { nameBits } from './name-bits.ts'
import type { PartReader } from './read-part.ts'

/** The filters of a thread. */
export interface SeccompFilters {
  /** As they were added. */
  readonly list: readonly SeccompFilterDocument[]
  /** Whether the other threads of the process have the same, although nothing is written of theirs. */
  readonly ofAllThreads: boolean
}

// A container's engine adds one or two to each process. A crafted archive may let thousands of threads share a long list.
const maxFilters = 1_048_576

/**
 * A function that finds a thread's filters of system calls in `seccomp.img`, which is read once, and not before a thread
 * has any. Undefined where it has none, or where they can't be found: that is reported.
 */
export function seccompReader(
  { demand }: PartReader,
  report: ReportUnreadable,
): (thread: Thread) => Promise<SeccompFilters | undefined> {
  let image: Promise<readonly SeccompFilter[] | undefined> | undefined
  let left = maxFilters
  return async ({ firstSeccompFilter }) => {
    if (firstSeccompFilter === undefined) return undefined
    image ??= demand('seccomp', seccompImage)
    const all = await image
    if (!all) return undefined
    const follow = () => followFilters(all, firstSeccompFilter, left)
    const filters = await unlessUnreadable('seccomp.img', report, follow)
    if (!filters) return undefined
    left -= filters.length
    return {
      list: filters.map(describeFilter),
      ofAllThreads: filters.some(({ ofAllThreads }) => ofAllThreads),
    }
  }
}

function followFilters(all: readonly SeccompFilter[], first: number, max: number): readonly SeccompFilter[] {
  const found: SeccompFilter[] = []
  for (let at: number | undefined = first; at !== undefined; ) {
    const filter: SeccompFilter | undefined = all[at]
    if (!filter || found.length === all.length) {
      throw new CriuError('BAD_MESSAGE', `seccomp.img: the filters from ${first} on make no list`)
    }
    if (found.length === max) {
      throw new CriuError('IMAGE_TOO_LARGE', `over ${maxFilters} filters of system calls in all threads`)
    }
    found.push(filter)
    at = filter.next
  }
  return found
}

/** As an OCI specification names them. */
const flagNames = {
  SECCOMP_FILTER_FLAG_LOG: 1 << 1,
  SECCOMP_FILTER_FLAG_SPEC_ALLOW: 1 << 2,
  SECCOMP_FILTER_FLAG_NEW_LISTENER: 1 << 3,
  SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV: 1 << 5,
}

const describeFilter = ({ instructionCount, flags }: SeccompFilter): SeccompFilterDocument => ({
  instructions: instructionCount,
  ...(flags !== 0 && { flags: nameBits(flags, flagNames) }),
})
