import type { ActionEvent, Phase } from '@kubectl-checkpoint/core/actions'

/** Bytes on their way, with what follows from how fast they came so far. */
export interface Transfer {
  readonly doneBytes: number
  readonly totalBytes: number
  /** Over the last seconds; absent until two reports are apart in time. */
  readonly bytesPerSecond: number | undefined
  readonly secondsLeft: number | undefined
}

export interface ItemProgress {
  readonly item: string
  readonly phase: Phase
  /** When the item stopped waiting; milliseconds, as all times here. */
  readonly startedAt: number
  readonly phaseStartedAt: number
  /** Of the present phase. */
  readonly transfer: Transfer | undefined
  readonly samples: readonly Sample[]
}

interface Sample {
  readonly at: number
  readonly doneBytes: number
}

/** All items in the order of their first event. */
export type Progress = ReadonlyMap<string, ItemProgress>

export const noProgress: Progress = new Map()

/** Rates are averages over this long. */
const windowMs = 5_000
/** Reports that follow each other more closely leave no sample, so that an item keeps few of them. */
const sampleDistanceMs = 200

/** The state after `event`, which came at `now`. Notices and failures don't change it. */
export function reduceProgress(progress: Progress, event: ActionEvent, now: number): Progress {
  switch (event.type) {
    case 'phase':
      return new Map(progress).set(
        event.item,
        enterPhase(progress.get(event.item), event.item, event.phase, now),
      )
    case 'progress': {
      const before = progress.get(event.item) ?? enterPhase(undefined, event.item, 'downloading', now)
      return new Map(progress).set(event.item, advance(before, event.doneBytes, event.totalBytes, now))
    }
    case 'notice':
    case 'failure':
      return progress
  }
}

function enterPhase(before: ItemProgress | undefined, item: string, phase: Phase, now: number): ItemProgress {
  const startedAt = before === undefined || before.phase === 'waiting' ? now : before.startedAt
  return { item, phase, startedAt, phaseStartedAt: now, transfer: undefined, samples: [] }
}

function advance(before: ItemProgress, doneBytes: number, totalBytes: number, now: number): ItemProgress {
  const [oldest] = before.samples
  const bytesPerSecond =
    oldest !== undefined && now > oldest.at
      ? ((doneBytes - oldest.doneBytes) / (now - oldest.at)) * 1000
      : undefined
  const secondsLeft =
    bytesPerSecond !== undefined && bytesPerSecond > 0 ? (totalBytes - doneBytes) / bytesPerSecond : undefined
  const transfer = { doneBytes, totalBytes, bytesPerSecond, secondsLeft }
  return { ...before, transfer, samples: addSample(before.samples, { at: now, doneBytes }) }
}

function addSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const newest = samples.at(-1)
  if (newest !== undefined && sample.at - newest.at < sampleDistanceMs) return samples
  return [...samples.filter(({ at }) => at > sample.at - windowMs), sample]
}
