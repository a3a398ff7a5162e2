import type { Credentials, TaskState } from '../../formats/criu/index.ts'

/** One process of the container, as seen from inside. Its texts come from the process: nothing is safe to print. */
export interface Process {
  readonly pid: number
  /** 0 for the container's first process, and for those that something outside put in (`exec`). */
  readonly ppid: number
  /** Thread IDs, its own included. */
  readonly threads: readonly number[]
  readonly comm: string
  readonly state: TaskState
  /** Absent for zombies. */
  readonly credentials?: Credentials
  /** The executable's path in the container. */
  readonly exe?: string
  /**
   * Its arguments, as the process has left them. Absent for zombies, where the archive doesn't hold that memory, and
   * where the arguments of all processes so far are over 16 MiB.
   */
  readonly args?: readonly string[]
}
