import type { ActionEvent, Notice } from '@kubectl-checkpoint/core/actions'
import { isCrowd } from './crowd.ts'
import type { Progress } from './progress.ts'
import { describeStep } from './steps.ts'

/** Of the notices that say much the same of one thing after the other, so many are shown. */
const shownOfAKind = 5

/** Each of these says where something is that somebody may have to care for. */
const alwaysShown: readonly Notice['kind'][] = [
  'archive-appeared',
  'archive-growing',
  'archive-stays',
  'no-archive-appeared',
  'node-not-searched',
  'reader-left',
]

/** Chooses the lines that stay: each step of a few items; of a crowd only what is worth a note. */
export interface StepLog {
  lineFor(event: ActionEvent, progress: Progress, now: number): string | undefined
  /** What was held back, in a line for each kind. */
  end(): readonly string[]
}

export function createStepLog(): StepLog {
  const kinds = new Map<Notice['kind'], { count: number; last: string }>()
  return {
    lineFor(event, progress, now) {
      if (event.type === 'phase' && isCrowd(progress)) return undefined
      const line = describeStep(event, progress, now)
      if (line === undefined || event.type !== 'notice') return line
      const { kind } = event.notice
      const count = (kinds.get(kind)?.count ?? 0) + 1
      kinds.set(kind, { count, last: line })
      return count <= shownOfAKind || alwaysShown.includes(kind) ? line : undefined
    },
    end: () =>
      [...kinds]
        .filter(([kind, { count }]) => count > shownOfAKind && !alwaysShown.includes(kind))
        .map(([, { count, last }]) => `${count - shownOfAKind} more notes like the last of them, ${last}`),
  }
}
