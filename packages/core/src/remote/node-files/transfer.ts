import type { Clock } from '../../clock.ts'
import { untilAborted } from '../../until-aborted.ts'
import { isBrokenConnection, patienceMs, type ResumeEvent } from './broken-connection.ts'
import { chooseTransfer, type TransferChoice, type TransferMeasurement } from './choose-transfer.ts'
import type { FileStream, TransferWay } from './file-stream.ts'

/** A file coming from a node, whichever way brings it fastest. */
export interface Transfer extends AsyncIterable<Uint8Array> {
  /** How many bytes came over the network so far, compressed as they were. */
  readonly receivedBytes: number
  /** The way that most of the file came by so far; undefined before its first byte. */
  readonly way: TransferWay | undefined
}

export interface TransferOptions {
  /** The first one that is wanted. */
  readonly from: number
  readonly size: number
  /** Those to choose from; the first is taken unless another one is faster. */
  readonly ways: readonly TransferWay[]
  readonly clock: Clock
  readonly signal: AbortSignal
  open(from: number, way: TransferWay): Promise<FileStream>
  /** Told of each connection that broke when the next one is there. */
  onResume(event: Omit<ResumeEvent, 'name'>): void
}

/** Starts when it is iterated, which can be done once. A connection that breaks is followed by another one. */
export function createTransfer({
  from,
  size,
  ways,
  clock,
  signal,
  open,
  onResume,
}: TransferOptions): Transfer {
  const measurements = new Map<TransferWay, TransferMeasurement>()
  const broughtBytes = new Map<TransferWay, number>()
  let position = from
  let receivedBytes = 0
  let broken: Omit<ResumeEvent, 'name'> | undefined

  const choose = (): TransferChoice =>
    chooseTransfer({
      ways,
      measurements: [...measurements.values()],
      bytesLeft: size - position,
      now: clock.now(),
    })

  /** Brings bytes one way until the file's end, or until another way is chosen. */
  async function* bring({ way, forMs }: TransferChoice): AsyncGenerator<Uint8Array> {
    const askedAt = clock.now()
    await using stream = await untilAborted(open(position, way), signal)
    if (broken) onResume(broken)
    broken = undefined
    const end = () => void stream[Symbol.asyncDispose]()
    signal.addEventListener('abort', end)
    let look = { at: clock.now(), position, forMs }
    const openMs = look.at - askedAt
    let counted = 0
    try {
      for await (const piece of stream.pieces()) {
        position += piece.length
        broughtBytes.set(way, (broughtBytes.get(way) ?? 0) + piece.length)
        receivedBytes += stream.receivedBytes - counted
        counted = stream.receivedBytes
        yield piece
        const now = clock.now()
        if (now - look.at < look.forMs) continue
        const bytesPerSecond = ((position - look.position) / (now - look.at)) * 1000
        measurements.set(way, { way, bytesPerSecond, openMs, at: now })
        const choice = choose()
        if (choice.way !== way) return
        look = { at: now, position, forMs: choice.forMs }
      }
    } finally {
      signal.removeEventListener('abort', end)
    }
  }

  return {
    get receivedBytes() {
      return receivedBytes
    },
    get way() {
      return [...broughtBytes].sort(([, a], [, b]) => b - a)[0]?.[0]
    },
    async *[Symbol.asyncIterator]() {
      for (let tries = 0; position < size; ) {
        const begun = position
        try {
          yield* bring(choose())
        } catch (error) {
          signal.throwIfAborted()
          if (!isBrokenConnection(error)) throw error
          tries = position > begun ? 0 : tries
          const wait = patienceMs[tries++]
          if (wait === undefined) throw error
          broken ??= { atByte: position, reason: error.message }
          await clock.sleep(wait, signal)
        }
      }
    },
  }
}
