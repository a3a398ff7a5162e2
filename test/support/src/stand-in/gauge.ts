/** How many of something there are at a time. */
export class Gauge {
  #now = 0
  #peak = 0

  enter(): void {
    this.#now += 1
    this.#peak = Math.max(this.#peak, this.#now)
  }

  leave(): void {
    this.#now -= 1
  }

  get now(): number {
    return this.#now
  }

  /** The most there were at a time. */
  get peak(): number {
    return this.#peak
  }
}
