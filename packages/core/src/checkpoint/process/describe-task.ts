import type { ProcessDocument } from '../../documents/index.ts'
import type { ResourceLimit, Task, Timer } from '../../formats/criu/index.ts'
import { clockName } from './clock-name.ts'
import { nameSignal } from './signals.ts'

type TaskPart = Pick<ProcessDocument, 'exitCode' | 'pendingSignals' | 'limits' | 'timers'>

/** What the threads of a process share. */
export const describeTask = ({ state, exitCode, pendingSignals, limits, timers }: Task): TaskPart => ({
  ...(state === 'zombie' && { exitCode: readWaitStatus(exitCode) }),
  ...(pendingSignals.length > 0 && { pendingSignals: pendingSignals.map(nameSignal) }),
  ...(limits.length > 0 && { limits: limits.map(describeLimit) }),
  ...(timers.length > 0 && { timers: timers.map(describeTimer) }),
})

/** What a shell shows of what wait(2) gives. */
const readWaitStatus = (status: number): number => {
  const signal = status & 0x7f
  return signal === 0 ? (status >>> 8) & 0xff : 128 + signal
}

/** In order of the kernel's numbers. */
const limitNames = [
  'RLIMIT_CPU',
  'RLIMIT_FSIZE',
  'RLIMIT_DATA',
  'RLIMIT_STACK',
  'RLIMIT_CORE',
  'RLIMIT_RSS',
  'RLIMIT_NPROC',
  'RLIMIT_NOFILE',
  'RLIMIT_MEMLOCK',
  'RLIMIT_AS',
  'RLIMIT_LOCKS',
  'RLIMIT_SIGPENDING',
  'RLIMIT_MSGQUEUE',
  'RLIMIT_NICE',
  'RLIMIT_RTPRIO',
  'RLIMIT_RTTIME',
]

const describeLimit = ({ soft, hard }: ResourceLimit, number: number) => ({
  name: limitNames[number] ?? String(number),
  soft: soft === undefined ? 'unlimited' : String(soft),
  hard: hard === undefined ? 'unlimited' : String(hard),
})

function describeTimer({ kind, clock, signal, leftNanoseconds, intervalNanoseconds }: Timer): string {
  return [
    clock === undefined ? kind : clockName(clock),
    leftNanoseconds === 0n ? 'not armed' : `in ${showSeconds(leftNanoseconds)}`,
    ...(intervalNanoseconds === 0n ? [] : [`every ${showSeconds(intervalNanoseconds)}`]),
    ...(signal ? [nameSignal(signal)] : []),
  ].join(' ')
}

function showSeconds(nanoseconds: bigint): string {
  const fraction = String(nanoseconds % 1_000_000_000n)
    .padStart(9, '0')
    .replace(/0+$/, '')
  return `${nanoseconds / 1_000_000_000n}${fraction && `.${fraction}`} s`
}
