import pLimit, { type LimitFunction } from 'p-limit'
import type { Clock } from '../../clock.ts'
import { untilAborted } from '../../until-aborted.ts'
import { archivePrefix } from './archive-prefix.ts'
import type { ContainerAddress } from './endpoint.ts'

/** The calls for containers of one pod, which go out at the same moment. */
export interface PodCalls<Container extends ContainerAddress, Prepared, Answer> {
  readonly node: string
  /** Different ones. */
  readonly containers: readonly Container[]
  /** Awaited when the turn has come, before the calls. */
  readonly prepare: () => Promise<Prepared>
  readonly call: (container: Container, prepared: Prepared) => Promise<Answer>
}

/** Lets checkpoint calls happen one after the other where they must, and at once where they should. */
export interface CheckpointQueue {
  /**
   * Makes the calls when their turn has come. Aborting ends the wait; each call must heed the signal itself.
   * @returns how each call ended, in the order of the containers, when all have.
   * @throws what `prepare` throws; the signal's reason. Then no call was made.
   */
  run<Container extends ContainerAddress, Prepared, Answer>(
    calls: PodCalls<Container, Prepared, Answer>,
    signal?: AbortSignal,
  ): Promise<PromiseSettledResult<Answer>[]>
  /** Waits until no call that somebody else makes from then on can get the name of an archive made here. */
  rest(signal?: AbortSignal): Promise<void>
}

export interface CheckpointQueueOptions {
  /** How many pods of one node are called for at the same time. */
  readonly perNode: number
  /** How many of all nodes; each may take a connection for each container. */
  readonly inTotal: number
  readonly clock: Clock
}

/** The archive's name holds the second of the call: two calls in one second write to one file. */
const spacingMs = 1000

/**
 * At most `perNode` pods at a time on a node, and for one archive name no call within a second of the answer before.
 */
export function createCheckpointQueue({ perNode, inTotal, clock }: CheckpointQueueOptions): CheckpointQueue {
  const everywhere = pLimit(inTotal)
  const nodes = new Map<string, LimitFunction>()
  /** When the newest call for each node and archive name was answered; settles with it. */
  const answers = new Map<string, Promise<number>>()
  let newestArchiveAt = Number.NEGATIVE_INFINITY
  /** A clock set back must not prolong the wait. */
  const waitUntil = async (time: number, signal?: AbortSignal) => {
    const wait = time - clock.now()
    if (wait > 0) await clock.sleep(Math.min(wait, spacingMs), signal)
  }
  const limitOf = (node: string): LimitFunction => {
    const limit = nodes.get(node) ?? pLimit(perNode)
    nodes.set(node, limit)
    return limit
  }
  return {
    rest: (signal) => waitUntil(newestArchiveAt + spacingMs, signal),
    async run({ node, containers, prepare, call }, signal) {
      const keys = containers.map((container) => `${node}/${archivePrefix(container)}`)
      const previous = newestOf(keys.flatMap((key) => answers.get(key) ?? []))
      const { promise: answered, resolve: setAnswered } = Promise.withResolvers<number>()
      for (const key of keys) answers.set(key, answered)
      // Whoever gives up before the calls leaves the next one waiting for the ones before.
      let answeredAt: number | Promise<number> = previous
      try {
        await waitUntil((await untilAborted(previous, signal)) + spacingMs, signal)
        const started = Promise.withResolvers<void>()
        const makeCalls = async () => {
          signal?.throwIfAborted()
          started.resolve()
          const prepared = await prepare()
          signal?.throwIfAborted()
          const ended = await Promise.allSettled(containers.map((container) => call(container, prepared)))
          answeredAt = clock.now()
          if (ended.some(({ status }) => status === 'fulfilled')) newestArchiveAt = answeredAt
          return ended
        }
        const turn = limitOf(node)(() => everywhere(makeCalls))
        await untilAborted(Promise.race([started.promise, turn]), signal)
        return await turn
      } finally {
        setAnswered(answeredAt)
      }
    },
  }
}

const newestOf = async (times: readonly Promise<number>[]): Promise<number> =>
  Math.max(Number.NEGATIVE_INFINITY, ...(await Promise.all(times)))
