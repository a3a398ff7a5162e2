import type { CaptureFailure, CaptureResult } from '@kubectl-checkpoint/core/actions'

/** What became of all checkpoints, in one line, where there are several and not all were taken. */
export function describeAccount({ checkpoints, failures }: CaptureResult): string {
  const count = (outcome: CaptureFailure['outcome']) =>
    failures.filter((failure) => failure.outcome === outcome).length
  const found = (...kinds: readonly NonNullable<CaptureFailure['found']>['kind'][]) =>
    failures.filter((failure) => failure.found && kinds.includes(failure.found.kind)).length
  const notFetched = count('not-fetched')
  const failed = failures.length - notFetched
  if (failures.length === 0 || checkpoints.length + failed < 2) return ''
  const unanswered = [
    part(found('archive-appeared'), 'written all the same'),
    part(found('archive-growing'), 'still being written'),
    part(found('no-archive-appeared'), 'without an archive so far'),
    part(found('node-not-searched'), 'on nodes that could not be searched'),
  ].flat()
  const details = unanswered.length > 0 ? ` (${unanswered.join(', ')})` : ''
  const parts = [
    `${checkpoints.length} taken${notFetched > 0 ? ` (${notFetched} not fetched)` : ''}`,
    ...part(count('refused'), 'refused'),
    ...part(count('unknown'), `without an answer${details}`),
    ...part(count('not-started'), 'never started'),
  ]
  return `checkpoints: ${parts.join(', ')}\n`
}

const part = (count: number, words: string): string[] => (count > 0 ? [`${count} ${words}`] : [])
