import type {
  CapturedCheckpoint,
  CaptureFailure,
  CaptureResult,
  FoundOnNode,
} from '@kubectl-checkpoint/core/actions'
import type { AppearedArchive, CheckpointList, FailedCheckpoint } from '@kubectl-checkpoint/core/documents'
import { blocks } from './blocks.ts'
import { failureDocument } from './failures.ts'
import { fits, table } from './table.ts'
import { bytes, duration } from './units.ts'
import { apiVersion, type View } from './view.ts'

interface Column {
  readonly name: string
  readonly cell: (checkpoint: CapturedCheckpoint) => string
}

/** Checkpoints that were taken: where they are, and where here, if they were fetched. */
export const capturedView: View<CaptureResult> = {
  toDocument: ({ checkpoints, pods, failures }): CheckpointList => ({
    apiVersion,
    kind: 'CheckpointList',
    items: checkpoints,
    pods,
    failures: failures.map(describeFailure),
  }),
  toText({ checkpoints }, { wide, headers, width }) {
    if (checkpoints.length === 0) return ''
    const details = detailsFor(checkpoints, wide)
    const namespaces = new Set(checkpoints.map(({ namespace }) => namespace))
    const owners = wide || namespaces.size > 1 ? [namespaceColumn, ...ownerColumns] : ownerColumns
    const columns = [...owners, nodeColumn, ...details]
    const rows = table(
      columns.map(({ name }) => name),
      checkpoints.map((checkpoint) => columns.map((column) => column.cell(checkpoint))),
      { headers },
    )
    if (fits(rows, width)) return rows
    return blocks(
      checkpoints.map((checkpoint) => ({
        title: `${owners.map((owner) => owner.cell(checkpoint)).join('/')} on ${checkpoint.node}`,
        details: details.map(({ name, cell }) => [name, cell(checkpoint)]),
      })),
    )
  },
  toNames: ({ checkpoints }) => checkpoints.map(({ archive, local }) => local?.path ?? archive),
}

const describeFailure = (failure: CaptureFailure): FailedCheckpoint => ({
  ...failureDocument(failure),
  outcome: failure.outcome,
  ...(failure.found && { found: describeFound(failure.found) }),
})

function describeFound(found: FoundOnNode): AppearedArchive {
  switch (found.kind) {
    case 'archive-appeared':
      return { state: 'complete', archive: found.archive, sizeBytes: found.size }
    case 'archive-growing':
      return { state: 'being-written', archive: found.archive, sizeBytes: found.size }
    case 'no-archive-appeared':
      return { state: 'none' }
    case 'node-not-searched':
      return { state: 'unknown', reason: found.reason }
  }
}

function detailsFor(checkpoints: readonly CapturedCheckpoint[], wide: boolean): readonly Column[] {
  const fetched = checkpoints.some(({ local }) => local !== undefined)
  return [
    archiveColumn,
    ...(fetched ? fetchedColumns : []),
    ...(wide ? wideColumns : []),
    ...(wide && fetched ? [digestColumn] : []),
  ]
}

const namespaceColumn: Column = { name: 'NAMESPACE', cell: ({ namespace }) => namespace }

const ownerColumns: readonly Column[] = [
  { name: 'POD', cell: ({ pod }) => pod },
  { name: 'CONTAINER', cell: ({ container }) => container },
]

const nodeColumn: Column = { name: 'NODE', cell: ({ node }) => node }

const archiveColumn: Column = { name: 'ARCHIVE', cell: ({ archive }) => archive }

const fetchedColumns: readonly Column[] = [
  { name: 'SIZE', cell: ({ local }) => (local ? bytes(local.size) : '-') },
  { name: 'LOCAL FILE', cell: ({ local }) => local?.path ?? '-' },
]

const wideColumns: readonly Column[] = [
  { name: 'TOOK', cell: ({ durationSeconds }) => duration(durationSeconds * 1000) },
  { name: 'PATH', cell: ({ path }) => path },
]

const digestColumn: Column = { name: 'SHA256', cell: ({ local }) => local?.sha256 ?? '-' }
