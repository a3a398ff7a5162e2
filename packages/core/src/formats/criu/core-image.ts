import { CriuError } from './errors.ts'
import { core_entrySchema, type creds_entry } from './gen/images_pb.ts'
import { parseOnlyMessage } from './message.ts'
import type { ImageKind } from './read-image.ts'

export type Architecture =
  | 'x86_64'
  | 'arm'
  | 'aarch64'
  | 'ppc64'
  | 's390'
  | 'mips'
  | 'loongarch64'
  | 'riscv64'
  | 'unknown'

export type TaskState = 'running' | 'stopped' | 'zombie' | 'unknown'

/** What a process's main thread was. */
export interface Core {
  readonly architecture: Architecture
  readonly comm: string
  readonly state: TaskState
  /** As wait(2) gives it; 0 while the process lives. */
  readonly exitCode: number
  /** Real and effective IDs, as seen inside the container. Zombies have none. */
  readonly credentials?: Credentials
}

export interface Credentials {
  readonly uid: number
  readonly gid: number
  readonly euid: number
  readonly egid: number
}

const architectures: Readonly<Record<number, Architecture>> = {
  1: 'x86_64',
  2: 'arm',
  3: 'aarch64',
  4: 'ppc64',
  5: 's390',
  6: 'mips',
  7: 'loongarch64',
  8: 'riscv64',
}

// A zombie is 2 (dead) in an image; 6 is CRIU's word for one that it couldn't attach to.
const states: Readonly<Record<number, TaskState>> = { 1: 'running', 2: 'zombie', 3: 'stopped', 6: 'zombie' }

/** `core-PID.img` of a process. Those of its other threads, `core-TID.img`, lack the part that names it. */
export const coreImage: ImageKind<Core> = {
  magic: 0x55053847,
  parse(messages, where) {
    const { mtype, tc, threadCore } = parseOnlyMessage(core_entrySchema, messages, where)
    if (!tc) throw new CriuError('BAD_MESSAGE', `${where}: a thread's image where a process's must be`)
    return {
      architecture: architectures[mtype] ?? 'unknown',
      comm: tc.comm,
      state: states[tc.taskState] ?? 'unknown',
      exitCode: tc.exitCode,
      ...(threadCore?.creds ? { credentials: buildCredentials(threadCore.creds) } : {}),
    }
  },
}

const buildCredentials = ({ uid, gid, euid, egid }: creds_entry): Credentials => ({ uid, gid, euid, egid })
