import type { OpenFileDocument } from '@kubectl-checkpoint/core/documents'
import { type Column, columnsTable } from '../columns.ts'
import { bytes } from '../units.ts'
import type { SectionView } from './section-view.ts'

type Row = OpenFileDocument & { readonly pid: number }

const columns: readonly Column<Row>[] = [
  { name: 'PID', cell: ({ pid }) => pid },
  { name: 'FD', cell: ({ fd }) => fd },
  { name: 'TYPE', cell: ({ type }) => type },
  { name: 'ACCESS', cell: ({ access }) => access },
  { name: 'POSITION', cell: ({ position }) => position, wide: true },
  {
    name: 'SIZE',
    cell: ({ sizeBytes }) => (sizeBytes === undefined ? undefined : bytes(sizeBytes)),
    wide: true,
  },
  { name: 'FLAGS', cell: ({ flags }) => flags?.join(',') || undefined, wide: true },
  { name: 'PATH', cell: pathOf },
  { name: 'DETAILS', cell: ({ details }) => details && JSON.stringify(details), wide: true },
]

export const openFilesSection: SectionView = {
  title: 'Open files',
  toText: ({ processes }, options) =>
    columnsTable(
      columns,
      processes.flatMap(({ pid, files = [] }) => files.map((file) => ({ pid, ...file }))),
      options,
    ),
}

/** As /proc shows it, and what waits in it to be read. */
function pathOf({ path, deleted, queuedBytes }: OpenFileDocument): string {
  return `${path}${deleted ? ' (deleted)' : ''}${queuedBytes ? `, ${bytes(queuedBytes)} waiting` : ''}`
}
