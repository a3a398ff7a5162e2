import type { RestoredPod, RestorePlan, RestoreRemark } from '@kubectl-checkpoint/core/documents'
import { printable } from './printable.ts'
import { table } from './table.ts'
import { duration } from './units.ts'
import type { View } from './view.ts'
import { wrap, wrapBeside } from './wrap.ts'

/** A pod that goes on where a container stopped. */
export const restoredView: View<RestoredPod> = {
  toDocument: (restored) => restored,
  toText: ({ pod, container, node = '', readySeconds, image }, { wide, headers }) =>
    table(
      ['POD', 'CONTAINER', 'NODE', 'READY AFTER', ...(wide ? ['IMAGE'] : [])],
      [[pod, container, node, duration(readySeconds * 1000), ...(wide ? [image] : [])]],
      { headers },
    ),
  toNames: ({ pod, container }) => [`${pod}/${container}`],
}

/** What would be made: as kubectl prints it, so that it can be applied. */
export const restorePlanView: View<RestorePlan> = {
  toDocument: ({ manifest }) => manifest,
  toText: (plan) => `${printable(nameOf(plan))} would be created (dry run)\n`,
  toNames: (plan) => [nameOf(plan)],
}

function nameOf({ manifest }: RestorePlan): string {
  const { kind, metadata } = manifest as { kind: string; metadata: { name: string } }
  return `${kind === 'Pod' ? 'pod' : 'deployment.apps'}/${metadata.name}`
}

/** What goes to stderr about a plan. */
export const describeRemarks = (
  { blockers, warnings }: Pick<RestorePlan, 'blockers' | 'warnings'>,
  width: number,
): string =>
  [
    ...blockers.map((remark) => describeRemark('blocked', remark, width)),
    ...warnings.map((remark) => describeRemark('warning', remark, width)),
  ].join('')

const describeRemark = (word: string, { message, hint }: RestoreRemark, width: number): string =>
  [
    wrap(printable(`${word}: ${message}`), width),
    ...(hint === undefined ? [] : [wrapBeside(2, printable(hint), width)]),
  ]
    .map((lines) => `${lines}\n`)
    .join('')
