import { CriuError } from './errors.ts'
import { pstree_entrySchema } from './gen/images_pb.ts'
import { parseMessage } from './message.ts'
import type { ImageKind } from './read-image.ts'

/** One process as `pstree.img` lists it. All numbers are as seen inside the container. */
export interface PstreeEntry {
  readonly pid: number
  /** 0 for the container's first process. */
  readonly ppid: number
  /** Thread IDs, the process's own included. */
  readonly threads: readonly number[]
}

// Linux numbers half as many unless it's told to number more, and each costs a read of an image.
const maxThreads = 65_536

/** `pstree.img`, in CRIU's order. */
export const pstreeImage: ImageKind<readonly PstreeEntry[]> = {
  magic: 0x50273030,
  parse(messages, where) {
    const entries: PstreeEntry[] = []
    let threadCount = 0
    for (const message of messages) {
      const { pid, ppid, threads } = parseMessage(pstree_entrySchema, message, where)
      threadCount += Math.max(1, threads.length)
      if (threadCount > maxThreads) {
        throw new CriuError('IMAGE_TOO_LARGE', `${where}: more than ${maxThreads} processes and threads`)
      }
      entries.push({ pid, ppid, threads })
    }
    return entries
  },
}
