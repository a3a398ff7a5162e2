import type { PinChanges } from '@kubectl-checkpoint/core/actions'
import type { PinChange } from '@kubectl-checkpoint/core/documents'
import { failureDocuments } from './failures.ts'
import { table } from './table.ts'
import { apiVersion, type View } from './view.ts'

const words: Readonly<Record<PinChange['change'], string>> = {
  pinned: 'pinned',
  'already-pinned': 'pinned already',
  unpinned: 'no longer pinned',
  'not-pinned': 'was not pinned',
}

/** Archives that were pinned, or are not any more. */
export const pinChangesView: View<PinChanges> = {
  toDocument: ({ changes, failures }) => ({
    apiVersion,
    kind: 'PinChangeList',
    items: changes,
    failures: failureDocuments(failures),
  }),
  toText: ({ changes }, { headers, width }) =>
    changes.length === 0
      ? ''
      : table(
          ['ARCHIVE', 'PIN'],
          changes.map(({ archive, change }) => [archive, words[change]]),
          { headers, width, wholeColumns: 1 },
        ),
  toNames: ({ changes }) => changes.map(({ archive }) => archive),
}
