import type { Progress } from './progress.ts'

/** As many as a small terminal has room for. */
const fewItems = 20

/** Whether there are too many items to tell each step of each. */
export const isCrowd = (progress: Progress): boolean => progress.size > fewItems

/** `120 of 500 done, 3 failed, 8 in work, 369 waiting`. */
export function describeCounts(progress: Progress): string {
  const counts = { done: 0, failed: 0, waiting: 0, working: 0 }
  for (const { phase } of progress.values()) {
    counts[phase === 'done' || phase === 'failed' || phase === 'waiting' ? phase : 'working'] += 1
  }
  return [
    `${counts.done} of ${progress.size} done`,
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(counts.working > 0 ? [`${counts.working} in work`] : []),
    ...(counts.waiting > 0 ? [`${counts.waiting} waiting`] : []),
  ].join(', ')
}
