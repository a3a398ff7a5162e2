import type { Clock } from '../../clock.ts'
import type { HttpSender } from './connection.ts'

/** API servers ask for a second, so this is many tries; one that asks for more wants to be left alone. */
const patienceMs = 60_000

/**
 * Sends once more what a busy API server has sent away, when it says. With 429 it hasn't begun on the request, so that
 * this repeats nothing, whatever was asked for. Once patience ends, its answer stands.
 */
export function patientSender(sender: HttpSender, clock: Clock): HttpSender {
  return {
    origin: sender.origin,
    async send(request) {
      const givesUpAt = clock.now() + patienceMs
      for (;;) {
        const answer = await sender.send(request)
        const { status, retryAfterSeconds } = answer
        if (status !== 429 || retryAfterSeconds === undefined) return answer
        const waitMs = retryAfterSeconds * 1000
        if (clock.now() + waitMs > givesUpAt) return answer
        await clock.sleep(waitMs, request.signal)
      }
    },
  }
}
