const names = [
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGILL',
  'SIGTRAP',
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGKILL',
  'SIGUSR1',
  'SIGSEGV',
  'SIGUSR2',
  'SIGPIPE',
  'SIGALRM',
  'SIGTERM',
  'SIGSTKFLT',
  'SIGCHLD',
  'SIGCONT',
  'SIGSTOP',
  'SIGTSTP',
  'SIGTTIN',
  'SIGTTOU',
  'SIGURG',
  'SIGXCPU',
  'SIGXFSZ',
  'SIGVTALRM',
  'SIGPROF',
  'SIGWINCH',
  'SIGIO',
  'SIGPWR',
  'SIGSYS',
]
const firstRealTime = 34

/** A signal's name on all architectures but MIPS; of real-time signals as kill(1) lists them: SIGRTMIN+2. */
export function nameSignal(number: number): string {
  if (number === firstRealTime) return 'SIGRTMIN'
  if (number > firstRealTime) return `SIGRTMIN+${number - firstRealTime}`
  return names[number - 1] ?? `SIG${number}`
}

/** The signals in a set, bit n - 1 standing for signal n. */
export function nameSignals(set: bigint): readonly string[] {
  return Array.from({ length: 64 }, (_, bit) => bit)
    .filter((bit) => (set >> BigInt(bit)) & 1n)
    .map((bit) => nameSignal(bit + 1))
}
