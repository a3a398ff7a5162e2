import { describeCounts, isCrowd } from './crowd.ts'
import { phaseWords } from './phases.ts'
import { printable } from './printable.ts'
import type { ItemProgress, Progress, Transfer } from './progress.ts'
import { truncate } from './table.ts'
import { bytes, duration, percent } from './units.ts'

export interface Screen {
  readonly columns: number
  readonly rows: number
}

/** What is going on at `now`, one row an item, within the screen: what has no room is counted in the last row. */
export function progressRows(progress: Progress, now: number, screen: Screen): readonly string[] {
  const items = [...progress.values()]
  const active = items.filter(({ phase }) => phase !== 'waiting' && phase !== 'done' && phase !== 'failed')
  // One row for the count, one where the cursor stands: a view as high as the screen would scroll.
  const shown = active.slice(0, Math.max(1, screen.rows - 2))
  const counts = isCrowd(progress)
    ? describeCounts(progress)
    : describeRest(items, active.length - shown.length)
  return [
    ...shown.map((item) => row(item, now, screen.columns)),
    ...(counts === '' ? [] : [truncate(counts, screen.columns)]),
  ]
}

/** What has no row among a few items. */
function describeRest(items: readonly ItemProgress[], hidden: number): string {
  const waiting = items.filter(({ phase }) => phase === 'waiting').length
  return [
    ...(hidden > 0 ? [`${hidden} more in work`] : []),
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
  ].join(', ')
}

/** Narrow screens cost the item's name first: how far it is matters more. */
function row(item: ItemProgress, now: number, columns: number): string {
  const elapsed = duration(now - item.phaseStartedAt)
  const details = [
    `${phaseWords[item.phase]} ${elapsed}`,
    ...(item.transfer ? describeTransfer(item.transfer) : []),
  ]
  const state = details.join(', ')
  const name = truncate(printable(item.item), Math.max(12, columns - state.length - ': '.length))
  return truncate(`${name}: ${state}`, columns)
}

function describeTransfer({ doneBytes, totalBytes, bytesPerSecond, secondsLeft }: Transfer): string[] {
  return [
    `${bytes(doneBytes)} of ${bytes(totalBytes)} (${percent(doneBytes, totalBytes)})`,
    ...(bytesPerSecond === undefined ? [] : [`${bytes(bytesPerSecond)}/s`]),
    ...(secondsLeft === undefined ? [] : [`${duration(secondsLeft * 1000)} left`]),
  ]
}
