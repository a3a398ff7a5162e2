import type { FetchResult } from '@kubectl-checkpoint/core/actions'
import { blocks } from './blocks.ts'
import { failureDocuments } from './failures.ts'
import { fits, table } from './table.ts'
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
  toText({ archives }, { wide, headers, width }) {
    if (archives.length === 0) return ''
    const rows = table(
      ['ARCHIVE', 'SIZE', 'LOCAL FILE', ...(wide ? ['SHA256'] : [])],
      archives.map(({ archive, size, path, sha256 }) => [
        archive,
        bytes(size),
        path,
        ...(wide ? [sha256] : []),
      ]),
      { headers },
    )
    if (fits(rows, width)) return rows
    return blocks(
      archives.map(({ archive, size, path, sha256 }) => ({
        title: archive,
        details: [
          ['SIZE', bytes(size)],
          ['LOCAL FILE', path],
          ...(wide ? [['SHA256', sha256] as const] : []),
        ],
      })),
    )
  },
  toNames: ({ archives }) => archives.map(({ path }) => path),
}
