import type { ThreadDocument } from '../../documents/index.ts'
import type { Scheduling, Thread } from '../../formats/criu/index.ts'
import { nameCapabilities } from './capabilities.ts'
import type { SeccompFilters } from './seccomp-reader.ts'
import { nameSignal, nameSignals } from './signals.ts'

export interface ReadThread {
  readonly thread: Thread
  readonly filters: SeccompFilters | undefined
}

/**
 * One thread of a process.
 * @param first The process's first thread, which the process's own fields tell of.
 */
export function describeThread(
  tid: number,
  { thread, filters }: ReadThread,
  first: ReadThread | undefined,
): ThreadDocument {
  const { comm, credentials, blockedSignals, pendingSignals, scheduling, registers } = thread
  const seccomp = thread.seccompMode ?? (first?.filters?.ofAllThreads ? first.thread.seccompMode : undefined)
  const { uid, gid, capabilities } = credentials ?? {}
  const shown = Object.entries(registers)
  const effective = capabilities?.effective
  return {
    tid,
    ...(comm !== undefined && { comm }),
    ...(uid !== undefined && uid !== first?.thread.credentials?.uid && { uid }),
    ...(gid !== undefined && gid !== first?.thread.credentials?.gid && { gid }),
    ...(effective !== undefined &&
      effective !== first?.thread.credentials?.capabilities.effective && {
        capabilities: nameCapabilities(effective),
      }),
    ...(seccomp && { seccomp }),
    ...(filters && filters !== first?.filters && { seccompFilters: filters.list }),
    ...(pendingSignals.length > 0 && { pendingSignals: pendingSignals.map(nameSignal) }),
    ...(blockedSignals && { blockedSignals: nameSignals(blockedSignals) }),
    ...(scheduling && showScheduling(scheduling)),
    ...(shown.length > 0 && {
      registers: Object.fromEntries(shown.map(([name, value]) => [name, `0x${value.toString(16)}`])),
    }),
  }
}

function showScheduling({ policy, nice, priority }: Scheduling): { scheduler?: string } {
  if (policy === 'fifo' || policy === 'rr') return { scheduler: `${policy} ${priority}` }
  if (policy === 'other' && nice === 0) return {}
  return { scheduler: nice === 0 ? policy : `${policy} nice ${nice}` }
}
