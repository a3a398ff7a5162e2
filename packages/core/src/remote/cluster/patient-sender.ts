import type { Clock } from '../../clock.ts'
import type { HttpRequest, HttpSender } from './connection.ts'

/** API servers ask for a second, so this is many tries; one that asks for more wants to be left alone. */
const patienceMs = 60_000
/** A server that names no time at all must not be asked without a pause. */
const leastWaitMs = 1000

/**
 * Sends once more what a busy API server has sent away, when it says. With 429 it hasn't begun on the request, so that
 * this repeats nothing. Once patience ends, or the request's own time would, its answer stands.
 */
export function patientSender(sender: HttpSender, clock: Clock): HttpSender {
  return {
    origin: sender.origin,
    async send(request) {
      const givesUpAt = clock.now() + Math.min(patienceMs, request.timeoutMs || patienceMs)
      for (;;) {
        const answer = await sender.send(request)
        const { status, retryAfterSeconds } = answer
        if (status !== 429 || retryAfterSeconds === undefined || mayHaveBegun(request)) return answer
        const waitMs = Math.max(leastWaitMs, retryAfterSeconds * 1000)
        if (clock.now() + waitMs > givesUpAt) return answer
        await clock.sleep(waitMs, request.signal)
      }
    },
  }
}

/** Behind a proxy somebody else may answer, as for a checkpoint: nobody knows what has become of the request. */
const mayHaveBegun = ({ method, path }: HttpRequest): boolean => method !== 'GET' && path.includes('/proxy/')
