import { imageTypes } from '../image-types.ts'
import { imageOfOne } from '../read-image.ts'
import { buildTask, type Task } from './task.ts'
import { buildThread, type Thread } from './thread.ts'

/** A thread, and, where it is a process's first one, what all of its threads share. */
export interface Core {
  /** As `uname -m` names it: `x86_64`, `aarch64`. */
  readonly architecture: string
  readonly task?: Task
  readonly thread: Thread
}

const architectures: Readonly<Record<number, string>> = {
  1: 'x86_64',
  2: 'arm',
  3: 'aarch64',
  4: 'ppc64le',
  5: 's390x',
  6: 'mips64',
  7: 'loongarch64',
  8: 'riscv64',
}

/** `core-ID.img` of a process or a thread. */
export const coreImage = imageOfOne(
  imageTypes.CORE,
  (core): Core => ({
    architecture: architectures[core.mtype] ?? 'unknown',
    ...(core.tc ? { task: buildTask(core.tc) } : {}),
    thread: buildThread(core),
  }),
)
