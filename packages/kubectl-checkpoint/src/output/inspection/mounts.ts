import type { MountDocument } from '@kubectl-checkpoint/core/documents'
import { type Column, columnsTable } from '../columns.ts'
import { bytes } from '../units.ts'
import type { SectionView } from './section-view.ts'

const columns: readonly Column<MountDocument>[] = [
  { name: 'ID', cell: ({ id }) => id, wide: true },
  { name: 'PARENT', cell: ({ parentId }) => parentId, wide: true },
  { name: 'MOUNT POINT', cell: ({ mountPoint }) => mountPoint, whole: true },
  { name: 'TYPE', cell: ({ type }) => type },
  { name: 'ROOT', cell: ({ root }) => root, wide: true },
  { name: 'PROPAGATION', cell: ({ propagation }) => propagation, wide: true },
  { name: 'EXTERNAL', cell: ({ external }) => external, wide: true },
  {
    name: 'CONTENT',
    cell: ({ contentBytes }) => (contentBytes === undefined ? undefined : bytes(contentBytes)),
    wide: true,
  },
  { name: 'SOURCE', cell: ({ source }) => source },
  { name: 'OPTIONS', cell: ({ options }) => options.join(',') },
]

export const mountsSection: SectionView = {
  title: 'Mounts',
  toText: ({ mounts = [] }, options) => columnsTable(columns, mounts, options),
}
