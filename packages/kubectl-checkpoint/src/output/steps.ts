import type { ActionEvent } from '@kubectl-checkpoint/core/actions'
import { describeNotice } from './notices.ts'
import { phaseWords } from './phases.ts'
import { printable } from './printable.ts'
import type { Progress } from './progress.ts'
import { duration } from './units.ts'

/** The line that stays on the terminal for `event`, given the progress it led to; most events have none. */
export function describeStep(event: ActionEvent, progress: Progress, now: number): string | undefined {
  switch (event.type) {
    case 'phase': {
      if (event.phase === 'waiting') return undefined
      const startedAt = progress.get(event.item)?.startedAt ?? now
      const time = event.phase === 'done' ? ` in ${duration(now - startedAt)}` : ''
      return `${printable(event.item)}: ${phaseWords[event.phase]}${time}`
    }
    case 'notice': {
      const about = event.item === undefined ? '' : `${event.item}: `
      return `note: ${printable(about + describeNotice(event.notice))}`
    }
    case 'progress':
    // Why it failed is said at the end, with what to do about it.
    case 'failure':
      return undefined
  }
}

/** Whether the live view shows this already, so that its line would only repeat it. */
export function isPassing(event: ActionEvent): boolean {
  return event.type === 'phase' && event.phase !== 'done' && event.phase !== 'failed'
}
