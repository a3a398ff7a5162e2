import pLimit, { type LimitFunction } from 'p-limit'
import type { Clock } from '../../clock.ts'
import { untilAborted } from '../../until-aborted.ts'
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
}

export interface CheckpointQueueOptions {
  /** How many calls one node serves at the same time. */
  readonly perNode: number
  readonly clock: Clock
}

/** The archive's name holds the second of the call: two calls in one second write to one file. */
const spacingMs = 1000

/** At most `perNode` calls at a time on a node, and for one container none within a second of the answer before. */
export function createCheckpointQueue({ perNode, clock }: CheckpointQueueOptions): CheckpointQueue {
  const nodes = new Map<string, LimitFunction>()
  /** When the newest call of each container was answered; settles with it. */
  const answers = new Map<string, Promise<number>>()
  return {
    async run({ namespace, pod, container, node }, call, signal) {
      const key = `${namespace}/${pod}/${container}`
      const previous = answers.get(key) ?? Promise.resolve(Number.NEGATIVE_INFINITY)
      const { promise: answered, resolve: setAnswered } = Promise.withResolvers<number>()
      answers.set(key, answered)
      // Whoever gives up before the call leaves the next one waiting for the one before.
      let answeredAt: number | Promise<number> = previous
      try {
        const wait = (await untilAborted(previous, signal)) + spacingMs - clock.now()
        // A clock set back must not prolong the wait.
        if (wait > 0) await clock.sleep(Math.min(wait, spacingMs), signal)
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
        return await turn
      } finally {
        setAnswered(answeredAt)
      }
    },
  }
}
