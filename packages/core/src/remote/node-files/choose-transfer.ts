import type { TransferWay } from './file-stream.ts'

/** How fast a way was. */
export interface TransferMeasurement {
  readonly way: TransferWay
  /** Of the file, not of what was sent for it. */
  readonly bytesPerSecond: number
  /** From asking for the stream to its first word. */
  readonly openMs: number
  /** When it ended; milliseconds. */
  readonly at: number
}

export interface TransferState {
  /** What the image can do and the user allows; that which is taken unless another is faster comes first. */
  readonly ways: readonly TransferWay[]
  /** The newest of each way. */
  readonly measurements: readonly TransferMeasurement[]
  readonly bytesLeft: number
  readonly now: number
}

export interface TransferChoice {
  readonly way: TransferWay
  /** When to choose anew. */
  readonly forMs: number
}

/** How long the first way is looked at before another is thought of, and one that was settled on before the next look. */
const lookMs = { first: 500, later: 2000 }
/** Compressors collect some bytes before they send any: a shorter trial would say nothing of them. */
const trialMs = { least: 400, most: 1000 }
/** What must come for a trial to say something. */
const trialBytes = 512 * 1024
/** A trial may take this part of the time that is left: over a fast link, nothing is tried. */
const trialShare = 1 / 16
/** Contents differ from one part of an archive to the next, and so does the use of a link. */
const staleMs = 30_000
/** How much faster another way must be: less may be chance. */
const margin = 1.2

/**
 * Decides by what was measured how a file goes on being transferred: begins with the first way, tries others, one step
 * away from the fastest, where the time that is left makes it worth while, and keeps what is faster by a margin.
 */
export function chooseTransfer({ ways, measurements, bytesLeft, now }: TransferState): TransferChoice {
  const measured = ways.flatMap((way) => measurements.find((measurement) => measurement.way === way) ?? [])
  const [first] = ways
  if (!first) throw new RangeError('no way to transfer a file by')
  const [preferred, ...others] = measured
  if (!preferred) return { way: first, forMs: lookMs.first }
  const best = others.reduce(
    (found, other) => (other.bytesPerSecond > found.bytesPerSecond * margin ? other : found),
    preferred,
  )
  const leftMs = (bytesLeft / best.bytesPerSecond) * 1000
  const forMs = Math.max(trialMs.least, Math.min(trialMs.most, leftMs / 32))
  const untilBytesMs = (trialBytes / best.bytesPerSecond) * 1000
  const worthWhile = Math.max(forMs, untilBytesMs) + 2 * best.openMs <= leftMs * trialShare
  const untried = ways.find((way) => {
    const known = measured.find((measurement) => measurement.way === way)
    return isOneStepAway(way, best.way) && (!known || now - known.at > staleMs)
  })
  return untried && worthWhile ? { way: untried, forMs } : { way: best.way, forMs: lookMs.later }
}

const isOneStepAway = (a: TransferWay, b: TransferWay): boolean =>
  (a.compression === b.compression) !== (a.connections === b.connections)
