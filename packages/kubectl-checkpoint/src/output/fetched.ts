import type { FetchResult } from '@kubectl-checkpoint/core/actions'
import { failureDocuments } from './failures.ts'
import { table } from './table.ts'
import { bytes } from './units.ts'
import { apiVersion, type View } from './view.ts'

/** Archives that were brought here. */
export const fetchedView: View<FetchResult> = {
  toDocument: ({ archives, failures }) => ({
    apiVersion,
    kind: 'FetchedArchiveList',
    items: archives,
    failures: failureDocuments(failures),
  }),
  toText({ archives }, { wide, headers }) {
    if (archives.length === 0) return ''
    return table(
      ['ARCHIVE', 'SIZE', 'LOCAL FILE', ...(wide ? ['SHA256'] : [])],
      archives.map(({ archive, size, path, sha256 }) => [
        archive,
        bytes(size),
        path,
        ...(wide ? [sha256] : []),
      ]),
      { headers },
    )
  },
  toNames: ({ archives }) => archives.map(({ path }) => path),
}
