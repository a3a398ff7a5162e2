import type { ArchiveTransfer, FetchedArchive, FetchResult } from '@kubectl-checkpoint/core/actions'
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
    const columns = wide ? [...narrowColumns, ...wideColumns] : narrowColumns
    const rows = table(
      ['ARCHIVE', ...columns.map(({ name }) => name)],
      archives.map((fetched) => [fetched.archive, ...columns.map(({ cell }) => cell(fetched))]),
      { headers },
    )
    if (fits(rows, width)) return rows
    return blocks(
      archives.map((fetched) => ({
        title: fetched.archive,
        details: columns.map(({ name, cell }) => [name, cell(fetched)]),
      })),
    )
  },
  toNames: ({ archives }) => archives.map(({ path }) => path),
}

interface Column {
  readonly name: string
  readonly cell: (fetched: FetchedArchive) => string
}

const narrowColumns: readonly Column[] = [
  { name: 'SIZE', cell: ({ size }) => bytes(size) },
  { name: 'LOCAL FILE', cell: ({ path }) => path },
]

const wideColumns: readonly Column[] = [
  { name: 'TRANSFER', cell: ({ transfer }) => describeTransfer(transfer) },
  { name: 'SHA256', cell: ({ sha256 }) => sha256 },
]

/** `6 MiB by gzip over 2 connections`: what came over the network, and how. */
function describeTransfer({ bytes: count, compression, connections }: ArchiveTransfer): string {
  const how = compression === undefined || compression === 'none' ? '' : ` by ${compression}`
  return `${bytes(count)}${how}${connections === 2 ? ' over 2 connections' : ''}`
}
