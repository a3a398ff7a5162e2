const signals = {
  SIGHUP: { message: 'the terminal was closed', exitCode: 129 },
  SIGINT: { message: 'interrupted', exitCode: 130 },
  SIGTERM: { message: 'terminated', exitCode: 143 },
} as const

type Signal = keyof typeof signals

/** Why the running action was aborted: the user, or whoever sent a signal, wanted it to end. */
export class Interruption extends Error {
  /** 128 plus the signal's number, as shells report it. */
  readonly exitCode: (typeof signals)[Signal]['exitCode']

  constructor(signal: Signal) {
    super(signals[signal].message)
    this.name = 'Interruption'
    this.exitCode = signals[signal].exitCode
  }
}
