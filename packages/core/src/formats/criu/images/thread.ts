import type { core_entry } from '../messages/process.ts'
import type { Message } from '../schema/index.ts'
import { buildCredentials, type Credentials } from './credentials.ts'
import { type SeccompMode, seccompModes } from './seccomp-mode.ts'
import { readSignals } from './signal-queue.ts'

export interface Scheduling {
  readonly policy: 'other' | 'fifo' | 'rr' | 'batch' | 'idle' | 'deadline' | 'unknown'
  readonly nice: number
  /** Of the policies `fifo` and `rr`. */
  readonly priority: number
}

/** What a thread has for itself. */
export interface Thread {
  /** Absent in images of old CRIU, for other threads than the first. */
  readonly comm?: string
  /** Zombies have none. */
  readonly credentials?: Credentials
  /** Absent where seccomp is off, and where the filters of a process's first thread are of all its threads. */
  readonly seccompMode?: SeccompMode
  /** The one that was added first, in `seccomp.img`. */
  readonly firstSeccompFilter?: number
  readonly scheduling?: Scheduling
  readonly blockedSignals?: bigint
  /** Numbers of signals that wait for it. */
  readonly pendingSignals: readonly number[]
  /** The signal to get when the parent ends. */
  readonly parentDeathSignal?: number
  readonly cgroupSet?: number
  /** General-purpose registers, as CRIU names them; those without a name by their place: `r0`. */
  readonly registers: Readonly<Record<string, bigint>>
}

type CoreMessage = Message<typeof core_entry>

/** SCHED_RESET_ON_FORK */
const resetOnFork = 0x4000_0000

const policies = ['other', 'fifo', 'rr', 'batch', undefined, 'idle', 'deadline'] as const

export function buildThread(core: CoreMessage): Thread {
  const own = core.thread_core
  const seccompMode = own?.seccomp_mode === undefined ? undefined : seccompModes[own.seccomp_mode]
  return {
    ...(own?.comm === undefined ? {} : { comm: own.comm }),
    ...(own?.creds ? { credentials: buildCredentials(own.creds) } : {}),
    ...(seccompMode ? { seccompMode } : {}),
    ...(own?.seccomp_filter === undefined ? {} : { firstSeccompFilter: own.seccomp_filter }),
    ...(own?.sched_policy === undefined
      ? {}
      : {
          scheduling: {
            policy: policies[own.sched_policy & ~resetOnFork] ?? 'unknown',
            nice: own.sched_nice ?? 0,
            priority: own.sched_prio ?? 0,
          },
        }),
    ...(own?.blk_sigset === undefined ? {} : { blockedSignals: own.blk_sigset }),
    pendingSignals: readSignals(own?.signals_p),
    ...(own?.pdeath_sig === undefined ? {} : { parentDeathSignal: own.pdeath_sig }),
    ...(own?.cg_set === undefined ? {} : { cgroupSet: own.cg_set }),
    registers: findRegisters(core),
  }
}

function findRegisters(core: CoreMessage): Readonly<Record<string, bigint>> {
  const info =
    core.thread_info ??
    core.ti_aarch64 ??
    core.ti_arm ??
    core.ti_ppc64 ??
    core.ti_s390 ??
    core.ti_mips ??
    core.ti_loongarch64 ??
    core.ti_riscv64
  const named = Object.entries(info?.gpregs ?? {}).flatMap(([name, value]): [string, unknown][] =>
    Array.isArray(value) ? value.map((each, index) => [`r${index}`, each]) : [[name, value]],
  )
  return Object.fromEntries(
    named.flatMap(([name, value]) =>
      typeof value === 'bigint' || typeof value === 'number' ? [[name, BigInt(value)]] : [],
    ),
  )
}
