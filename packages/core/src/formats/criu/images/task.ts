import type { core_entry } from '../messages/process.ts'
import type { itimer_entry, posix_timer_entry } from '../messages/timers.ts'
import type { Message } from '../schema/index.ts'
import { type SeccompMode, seccompModes } from './seccomp-mode.ts'
import { readSignals } from './signal-queue.ts'

export type TaskState = 'running' | 'stopped' | 'zombie' | 'unknown'

/** A limit of setrlimit(2); undefined stands for none. */
export interface ResourceLimit {
  readonly soft: bigint | undefined
  readonly hard: bigint | undefined
}

export interface Timer {
  readonly kind: 'real' | 'virtual' | 'profiling' | 'posix'
  /** Until it expires next; 0 if it isn't armed. */
  readonly leftNanoseconds: bigint
  /** 0 if it expires once. */
  readonly intervalNanoseconds: bigint
  /** Of a POSIX timer. */
  readonly clock?: number
  readonly signal?: number
}

/** What the threads of a process share. */
export interface Task {
  readonly comm: string
  readonly state: TaskState
  /** As wait(2) gives it; of a zombie. */
  readonly exitCode: number
  readonly blockedSignals: bigint
  /** Numbers of signals that wait for any of the threads. */
  readonly pendingSignals: readonly number[]
  /** In order of the RLIMIT_ numbers. */
  readonly limits: readonly ResourceLimit[]
  /** Those that are armed, and all of POSIX. */
  readonly timers: readonly Timer[]
  readonly oomScoreAdjustment?: number
  readonly loginUid?: number
  readonly isSubreaper: boolean
  /** The signal that stopped it. */
  readonly stopSignal?: number
  /** Where its cgroups are listed, in `cgroup.img`. */
  readonly cgroupSet?: number
  /** Of CRIU before it wrote this for each thread. */
  readonly seccompMode?: SeccompMode
}

type TaskMessage = NonNullable<Message<typeof core_entry>['tc']>

// A zombie is 2 (dead) in an image; 6 is CRIU's word for one that it couldn't attach to.
const states: Readonly<Record<number, TaskState>> = { 1: 'running', 2: 'zombie', 3: 'stopped', 6: 'zombie' }

const unlimited = 2n ** 64n - 1n

export function buildTask(task: TaskMessage): Task {
  const limit = (value: bigint) => (value === unlimited ? undefined : value)
  const seccompMode = task.old_seccomp_mode === undefined ? undefined : seccompModes[task.old_seccomp_mode]
  return {
    comm: task.comm,
    state: states[task.task_state] ?? 'unknown',
    exitCode: task.exit_code,
    blockedSignals: task.blk_sigset,
    pendingSignals: readSignals(task.signals_s),
    limits: (task.rlimits?.rlimits ?? []).map(({ cur, max }) => ({ soft: limit(cur), hard: limit(max) })),
    timers: buildTimers(task.timers),
    ...(task.oom_score_adj === undefined ? {} : { oomScoreAdjustment: task.oom_score_adj }),
    ...(task.loginuid === undefined ? {} : { loginUid: task.loginuid }),
    isSubreaper: task.child_subreaper ?? false,
    ...(task.stop_signo === undefined ? {} : { stopSignal: task.stop_signo }),
    ...(task.cg_set === undefined ? {} : { cgroupSet: task.cg_set }),
    ...(seccompMode ? { seccompMode } : {}),
  }
}

function buildTimers(timers: TaskMessage['timers']): readonly Timer[] {
  if (!timers) return []
  const classic = (kind: Timer['kind'], timer: Message<typeof itimer_entry>): readonly Timer[] => {
    const leftNanoseconds = timer.vsec * 1_000_000_000n + timer.vusec * 1000n
    if (leftNanoseconds === 0n) return []
    return [{ kind, leftNanoseconds, intervalNanoseconds: timer.isec * 1_000_000_000n + timer.iusec * 1000n }]
  }
  return [
    ...classic('real', timers.real),
    ...classic('virtual', timers.virt),
    ...classic('profiling', timers.prof),
    ...timers.posix.map(buildPosixTimer),
  ]
}

const buildPosixTimer = (timer: Message<typeof posix_timer_entry>): Timer => ({
  kind: 'posix',
  leftNanoseconds: timer.vsec * 1_000_000_000n + timer.vnsec,
  intervalNanoseconds: timer.isec * 1_000_000_000n + timer.insec,
  clock: timer.clock_id,
  signal: timer.si_signo,
})
