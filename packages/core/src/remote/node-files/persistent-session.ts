import type { Clock } from '../../clock.ts'
import { untilAborted } from '../../until-aborted.ts'
import { isBrokenConnection, patienceMs, type ResumeEvent } from './broken-connection.ts'
import { connectionLost } from './script-session.ts'

export interface PersistentSessionOptions<Session> {
  /** For messages. */
  readonly label: string
  readonly clock: Clock
  /** A fresh connection to the script; called again after one broke. */
  readonly connect: () => Promise<Session>
  /** Told once of each connection that broke amid a file, when the next one is there. */
  readonly onResume?: (event: ResumeEvent) => void
}

/** What a question answers that has to be asked again, since its answer broke off. */
export const unfinished = Symbol('unfinished')

/** A session that is opened when first needed, and again where a connection broke. */
export interface PersistentSession<Session> extends AsyncDisposable {
  /** Runs `ask` on a session; on a broken one again with the next, as long as tries bring bytes or patience lasts. */
  persist<T>(
    name: string,
    ask: (session: Session) => Promise<T | typeof unfinished>,
    position: () => number,
    signal?: AbortSignal,
  ): Promise<T>
}

export function createPersistentSession<Session extends AsyncDisposable>(
  options: PersistentSessionOptions<Session>,
): PersistentSession<Session> {
  const { label, clock, connect, onResume } = options
  let session: Promise<Session> | undefined

  const current = async (): Promise<Session> => {
    session ??= connect()
    const mine = session
    return mine.catch((error) => {
      if (session === mine) session = undefined
      throw error
    })
  }
  /** Whether `broken` was in use until now: of several reads it broke under, one is the first to notice. */
  const drop = async (broken: Session): Promise<boolean> => {
    const held = await session?.catch(() => undefined)
    if (held === broken) session = undefined
    await broken[Symbol.asyncDispose]()
    return held === broken
  }

  return {
    async persist(name, ask, position, signal) {
      let resumed: ResumeEvent | undefined
      for (let idle = 0, reached = position(); ; ) {
        let reason = 'the connection closed'
        let live: Session | undefined
        try {
          live = await untilAborted(current(), signal)
          if (resumed) onResume?.(resumed)
          resumed = undefined
          const answer = await untilAborted(ask(live), signal)
          if (answer !== unfinished) return answer
        } catch (error) {
          if (!isBrokenConnection(error)) {
            // Half an answer may still be on its way: what is asked next needs a connection of its own.
            if (live && signal?.aborted) await drop(live)
            throw error
          }
          reason = error.message
        }
        const isFirst = live !== undefined && (await drop(live))
        idle = position() > reached ? 0 : idle
        reached = position()
        const wait = patienceMs[idle++]
        if (wait === undefined) {
          throw connectionLost(
            `${label}: the connection keeps breaking at byte ${reached} of ${name}: ${reason}`,
          )
        }
        // A question that is asked again from its beginning goes on nowhere.
        if (isFirst && reached > 0) resumed = { name, atByte: reached, reason }
        await clock.sleep(wait, signal)
      }
    },
    async [Symbol.asyncDispose]() {
      const held = await session?.catch(() => undefined)
      await held?.[Symbol.asyncDispose]()
    },
  }
}
