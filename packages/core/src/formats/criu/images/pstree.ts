import { CriuError } from '../errors.ts'
import { imageTypes } from '../image-types.ts'
import { imageOf } from '../read-image.ts'

/** One process as `pstree.img` lists it. All numbers are as seen inside the container. */
export interface PstreeEntry {
  readonly pid: number
  /** 0 for the container's first process. */
  readonly ppid: number
  readonly processGroup: number
  readonly session: number
  /** Thread IDs, the process's own included. */
  readonly threads: readonly number[]
}

// Linux numbers half as many unless it's told to number more, and each costs a read of an image.
const maxThreads = 65_536

/** `pstree.img`, in CRIU's order. */
export const pstreeImage = imageOf(imageTypes.PSTREE, (where) => {
  const entries: PstreeEntry[] = []
  let threadCount = 0
  return {
    add({ message: { pid, ppid, pgid, sid, threads } }) {
      threadCount += Math.max(1, threads.length)
      if (threadCount > maxThreads) {
        throw new CriuError('IMAGE_TOO_LARGE', `${where}: more than ${maxThreads} processes and threads`)
      }
      entries.push({ pid, ppid, processGroup: pgid, session: sid, threads })
    },
    end: (): readonly PstreeEntry[] => entries,
  }
})
