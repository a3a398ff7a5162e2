import { setTimeout as sleep } from 'node:timers/promises'

/** Lets bytes pass no faster than at a rate. */
export class Throttle {
  #freeAt = 0

  /** Returns when `byteLength` more bytes may have passed. */
  async pass(byteLength: number, bytesPerSecond: number | undefined): Promise<void> {
    if (bytesPerSecond === undefined) return
    const now = performance.now()
    this.#freeAt = Math.max(now, this.#freeAt) + (byteLength / bytesPerSecond) * 1000
    await sleep(this.#freeAt - now)
  }
}
