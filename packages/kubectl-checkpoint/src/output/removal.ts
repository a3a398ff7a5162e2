import type { ItemFailure, PlannedRemovals } from '@kubectl-checkpoint/core/actions'
import type {
  KeepReason,
  KeptArchive,
  NodeArchive,
  PlannedRemoval,
  RemovalReason,
} from '@kubectl-checkpoint/core/documents'
import { blocks } from './blocks.ts'
import { failureDocuments } from './failures.ts'
import { fits, table } from './table.ts'
import { bytes } from './units.ts'
import { apiVersion, type View } from './view.ts'

export interface RemovalResult {
  readonly removed: readonly PlannedRemoval[]
  readonly kept: readonly KeptArchive[]
  readonly failures: readonly ItemFailure[]
}

const reasons: Readonly<Record<RemovalReason | KeepReason, string>> = {
  named: 'chosen',
  'beyond-count': 'not among the newest',
  'too-old': 'too old',
  'beyond-size': 'the oldest of too much',
  pinned: 'pinned',
  'being-written': 'being written',
  unreadable: 'unreadable',
  unowned: 'of no known container',
}

/** What would be deleted, and what would be kept all the same. */
export const removalPlanView: View<PlannedRemovals> = {
  toDocument: ({ remove, kept, failures }) => ({
    apiVersion,
    kind: 'RemovalPlan',
    remove,
    removeBytes: sizeOf(remove),
    kept,
    failures: failureDocuments(failures),
  }),
  toText: (plan, { headers, width }) =>
    rowsOf([...fates('delete', plan.remove), ...fates('keep', plan.kept)], headers, width),
  toNames: ({ remove }) => remove.map(({ archive }) => archive),
}

/** What was deleted, and what was kept all the same. */
export const removalView: View<RemovalResult> = {
  toDocument: ({ removed, kept, failures }) => ({
    apiVersion,
    kind: 'Removal',
    removed,
    removedBytes: sizeOf(removed),
    kept,
    failures: failureDocuments(failures),
  }),
  toText: ({ removed, kept }, { headers, width }) =>
    rowsOf([...fates('deleted', removed), ...fates('kept', kept)], headers, width),
  toNames: ({ removed }) => removed.map(({ archive }) => archive),
}

/** The plan as it is shown before the question whether to go on. */
export const describePlan = (plan: PlannedRemovals, width: number | undefined): string =>
  removalPlanView.toText(plan, { wide: false, headers: true, width })

/** `3 archives (1.2 GiB)` */
export const describeTotal = (archives: readonly NodeArchive[]): string =>
  `${archives.length} ${archives.length === 1 ? 'archive' : 'archives'} (${bytes(sizeOf(archives))})`

const sizeOf = (archives: readonly NodeArchive[]): number =>
  archives.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)

type Fate = readonly [fate: string, archive: PlannedRemoval | KeptArchive]

const fates = (fate: string, archives: readonly (PlannedRemoval | KeptArchive)[]): Fate[] =>
  archives.map((archive) => [fate, archive])

function rowsOf(list: readonly Fate[], headers: boolean, width: number | undefined): string {
  if (list.length === 0) return ''
  const rows = table(
    ['ARCHIVE', 'SIZE', 'FATE', 'BECAUSE'],
    list.map(([fate, { archive, sizeBytes, because }]) => [
      archive,
      bytes(sizeBytes),
      fate,
      reasons[because],
    ]),
    { headers },
  )
  if (fits(rows, width)) return rows
  return blocks(
    list.map(([fate, { archive, sizeBytes, because }]) => ({
      title: archive,
      details: [
        ['SIZE', bytes(sizeBytes)],
        [fate, reasons[because]],
      ],
    })),
  )
}
