import { CriuError } from './errors.ts'
import { core_entrySchema, type creds_entry } from './gen/images_pb.ts'
import { parseOnlyMessage } from './message.ts'
import type { ImageKind } from './read-image.ts'

export type TaskState = 'running' | 'stopped' | 'zombie' | 'unknown'

/** What a process's main thread was. */
export interface Core {
  readonly comm: string
  readonly state: TaskState
  /** Real and effective IDs, as seen inside the container. Zombies have none. */
  readonly credentials?: Credentials
}

export interface Credentials {
  readonly uid: number
  readonly gid: number
  readonly euid: number
  readonly egid: number
}

// A zombie is 2 (dead) in an image; 6 is CRIU's word for one that it couldn't attach to.
const states: Readonly<Record<number, TaskState>> = { 1: 'running', 2: 'zombie', 3: 'stopped', 6: 'zombie' }

/** `core-PID.img` of a process. Those of its other threads, `core-TID.img`, lack the part that names it. */
export const coreImage: ImageKind<Core> = {
  magic: 0x55053847,
  parse(messages, where) {
    const { tc, threadCore } = parseOnlyMessage(core_entrySchema, messages, where)
    if (!tc) throw new CriuError('BAD_MESSAGE', `${where}: a thread's image where a process's must be`)
    return {
      comm: tc.comm,
      state: states[tc.taskState] ?? 'unknown',
      ...(threadCore?.creds ? { credentials: buildCredentials(threadCore.creds) } : {}),
    }
  },
}

const buildCredentials = ({ uid, gid, euid, egid }: creds_entry): Credentials => ({ uid, gid, euid, egid })
