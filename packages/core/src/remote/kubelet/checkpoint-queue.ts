import pLimit, { type LimitFunction } from 'p-limit'
import type { Clock } from '../../clock.ts'
import { untilAborted } from '../../until-aborted.ts'
import { archivePrefix } from './archive-prefix.ts'
import type { ContainerAddress } from './endpoint.ts'

/** Lets checkpoint calls happen one after the other where they must. */
export interface CheckpointQueue {
  /**
   * Runs `call` when its turn has come. Aborting ends the wait; `call` itself must heed the signal.
   * @returns what `call` returns.
   */
  run<T>(
    target: ContainerAddress & { readonly node: string },
    call: () => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T>
  /** Waits until no call that somebody else makes from then on can get the name of an archive made here. */
  rest(signal?: AbortSignal): Promise<void>
}

export interface CheckpointQueueOptions {
  /** How many calls one node serves at the same time. */
  readonly perNode: number
  readonly clock: Clock
}

/** The archive's name holds the second of the call: two calls in one second write to one file. */
const spacingMs = 1000

/** At most `perNode` calls at a time on a node, and for one archive name none within a second of the answer before. */
export function createCheckpointQueue({ perNode, clock }: CheckpointQueueOptions): CheckpointQueue {
  const nodes = new Map<string, LimitFunction>()
  /** When the newest call for each node and archive name was answered; settles with it. */
  const answers = new Map<string, Promise<number>>()
  let newestArchiveAt = Number.NEGATIVE_INFINITY
  /** A clock set back must not prolong the wait. */
  const waitUntil = async (time: number, signal?: AbortSignal) => {
    const wait = time - clock.now()
    if (wait > 0) await clock.sleep(Math.min(wait, spacingMs), signal)
  }
  return {
    rest: (signal) => waitUntil(newestArchiveAt + spacingMs, signal),
    async run(target, call, signal) {
      const { node } = target
      const key = `${node}/${archivePrefix(target)}`
      const previous = answers.get(key) ?? Promise.resolve(Number.NEGATIVE_INFINITY)
      const { promise: answered, resolve: setAnswered } = Promise.withResolvers<number>()
      answers.set(key, answered)
      // Whoever gives up before the call leaves the next one waiting for the one before.
      let answeredAt: number | Promise<number> = previous
      try {
        await waitUntil((await untilAborted(previous, signal)) + spacingMs, signal)
        const limit = nodes.get(node) ?? pLimit(perNode)
        nodes.set(node, limit)
        const started = Promise.withResolvers<void>()
        const turn = limit(async () => {
          signal?.throwIfAborted()
          started.resolve()
          try {
            return await call()
          } finally {
            answeredAt = clock.now()
          }
        })
        await untilAborted(Promise.race([started.promise, turn]), signal)
        const made = await turn
        newestArchiveAt = clock.now()
        return made
      } finally {
        setAnswered(answeredAt)
      }
    },
  }
}
