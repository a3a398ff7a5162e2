import { pstree_entrySchema } from './gen/images_pb.ts'
import { parseMessage } from './message.ts'
import type { ImageKind } from './read-image.ts'

/** One process as `pstree.img` lists it. All numbers are as seen inside the container. */
export interface PstreeEntry {
  readonly pid: number
  /** 0 for the container's first process. */
  readonly ppid: number
  readonly pgid: number
  readonly sid: number
  /** Thread IDs, the process's own included. */
  readonly threads: readonly number[]
}

/** `pstree.img`, in CRIU's order. */
export const pstreeImage: ImageKind<readonly PstreeEntry[]> = {
  magic: 0x50273030,
  parse: (messages, where) =>
    Iterator.from(messages)
      .map((message) => {
        const { pid, ppid, pgid, sid, threads } = parseMessage(pstree_entrySchema, message, where)
        return { pid, ppid, pgid, sid, threads }
      })
      .toArray(),
}
