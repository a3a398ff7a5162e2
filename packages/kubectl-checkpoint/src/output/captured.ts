import type { CapturedCheckpoint, CaptureResult } from '@kubectl-checkpoint/core/actions'
import { failureDocuments } from './failures.ts'
import { table } from './table.ts'
import { bytes, duration } from './units.ts'
import { apiVersion, type View } from './view.ts'

interface Column {
  readonly name: string
  cell(checkpoint: CapturedCheckpoint): string
}

/** Checkpoints that were taken: where they are, and where here, if they were fetched. */
export const capturedView: View<CaptureResult> = {
  toDocument: ({ checkpoints, failures }) => ({
    apiVersion,
    kind: 'CheckpointList',
    items: checkpoints,
    failures: failureDocuments(failures),
  }),
  toText({ checkpoints }, { wide, headers }) {
    if (checkpoints.length === 0) return ''
    const columns = columnsFor(checkpoints, wide)
    return table(
      columns.map(({ name }) => name),
      checkpoints.map((checkpoint) => columns.map((column) => column.cell(checkpoint))),
      { headers },
    )
  },
  toNames: ({ checkpoints }) => checkpoints.map(({ archive, local }) => local?.path ?? archive),
}

function columnsFor(checkpoints: readonly CapturedCheckpoint[], wide: boolean): readonly Column[] {
  const namespaces = new Set(checkpoints.map(({ namespace }) => namespace))
  const fetched = checkpoints.some(({ local }) => local !== undefined)
  return [
    ...(wide || namespaces.size > 1 ? [namespaceColumn] : []),
    ...columns,
    ...(fetched ? fetchedColumns : []),
    ...(wide ? wideColumns : []),
    ...(wide && fetched ? [digestColumn] : []),
  ]
}

const namespaceColumn: Column = { name: 'NAMESPACE', cell: ({ namespace }) => namespace }

const columns: readonly Column[] = [
  { name: 'POD', cell: ({ pod }) => pod },
  { name: 'CONTAINER', cell: ({ container }) => container },
  { name: 'NODE', cell: ({ node }) => node },
  { name: 'ARCHIVE', cell: ({ archive }) => archive },
]

const fetchedColumns: readonly Column[] = [
  { name: 'SIZE', cell: ({ local }) => (local ? bytes(local.size) : '-') },
  { name: 'LOCAL FILE', cell: ({ local }) => local?.path ?? '-' },
]

const wideColumns: readonly Column[] = [
  { name: 'TOOK', cell: ({ durationSeconds }) => duration(durationSeconds * 1000) },
  { name: 'PATH', cell: ({ path }) => path },
]

const digestColumn: Column = { name: 'SHA256', cell: ({ local }) => local?.sha256 ?? '-' }
