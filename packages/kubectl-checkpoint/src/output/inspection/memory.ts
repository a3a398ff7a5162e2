import type { MappingDocument, MemoryDocument } from '@kubectl-checkpoint/core/documents'
import { type Column, columnsTable } from '../columns.ts'
import { bytes } from '../units.ts'
import type { SectionView } from './section-view.ts'

type Total = MemoryDocument & { readonly pid: number; readonly comm: string }
type Mapping = MappingDocument & { readonly pid: number }

const size = (count: number | undefined) => (count === undefined ? undefined : bytes(count))

const totals: readonly Column<Total>[] = [
  { name: 'PID', cell: ({ pid }) => pid },
  { name: 'MAPPED', cell: ({ mappedBytes }) => size(mappedBytes) },
  { name: 'PRESENT', cell: ({ presentBytes }) => size(presentBytes) },
  { name: 'SHARED', cell: ({ sharedBytes }) => size(sharedBytes) },
  { name: 'PARENT', cell: ({ parentBytes }) => size(parentBytes) },
  { name: 'LAZY', cell: ({ lazyBytes }) => size(lazyBytes) },
  { name: 'COMM', cell: ({ comm }) => comm },
]

const mappings: readonly Column<Mapping>[] = [
  { name: 'PID', cell: ({ pid }) => pid },
  { name: 'START', cell: ({ start }) => start },
  { name: 'END', cell: ({ end }) => end },
  { name: 'PERM', cell: ({ permissions }) => permissions },
  { name: 'OFFSET', cell: ({ offset }) => offset, wide: true },
  { name: 'PRESENT', cell: ({ presentBytes }) => size(presentBytes) },
  { name: 'PARENT', cell: ({ parentBytes }) => size(parentBytes), wide: true },
  { name: 'LAZY', cell: ({ lazyBytes }) => size(lazyBytes), wide: true },
  { name: 'PATH', cell: ({ path, deleted }) => path && `${path}${deleted ? ' (deleted)' : ''}`, whole: true },
]

/** How much of each process's memory the archive holds; its mappings, too, where processes were named or there is room. */
export const memorySection: SectionView = {
  title: 'Memory',
  toText({ processes }, options) {
    const known = processes.flatMap(({ pid, comm, memory }) => (memory ? [{ pid, comm, ...memory }] : []))
    const all = columnsTable(totals, known, options)
    if (!options.wide && !options.ofProcesses) return all
    const parts = known.flatMap(({ pid, mappings = [] }) => mappings.map((mapping) => ({ pid, ...mapping })))
    return `${all}\n${columnsTable(mappings, parts, options)}`
  },
}
