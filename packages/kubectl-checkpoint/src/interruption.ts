/** Why the running action was aborted: the user, or whoever sent SIGTERM, wanted it to end. */
export class Interruption extends Error {
  /** 128 plus the signal's number, as shells report it. */
  readonly exitCode: 130 | 143

  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super(signal === 'SIGINT' ? 'interrupted' : 'terminated')
    this.name = 'Interruption'
    this.exitCode = signal === 'SIGINT' ? 130 : 143
  }
}
