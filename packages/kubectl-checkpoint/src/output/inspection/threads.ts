import type { ThreadDocument } from '@kubectl-checkpoint/core/documents'
import { type Column, columnsTable } from '../columns.ts'
import type { SectionView } from './section-view.ts'

type Row = ThreadDocument & { readonly pid: number }

const columns: readonly Column<Row>[] = [
  { name: 'PID', cell: ({ pid }) => pid },
  { name: 'TID', cell: ({ tid }) => tid },
  { name: 'UID', cell: ({ uid }) => uid, wide: true },
  { name: 'SECCOMP', cell: ({ seccomp }) => seccomp },
  {
    name: 'FILTER LENGTHS',
    cell: ({ seccompFilters }) => seccompFilters?.map(({ instructions }) => instructions).join('+'),
    wide: true,
  },
  { name: 'SCHEDULER', cell: ({ scheduler }) => scheduler },
  { name: 'PENDING', cell: ({ pendingSignals }) => pendingSignals?.join(',') || undefined },
  { name: 'COMM', cell: ({ comm }) => comm },
  { name: 'BLOCKED', cell: ({ blockedSignals }) => blockedSignals?.join(',') || undefined, wide: true },
  { name: 'CAPABILITIES', cell: ({ capabilities }) => capabilities?.join(',') || undefined, wide: true },
  { name: 'REGISTERS', cell: ({ registers }) => registers && registerList(registers), wide: true },
]

export const threadsSection: SectionView = {
  title: 'Threads',
  toText: ({ processes }, options) =>
    columnsTable(
      columns,
      processes.flatMap(({ pid, seccomp, threads }) =>
        // What CRIU doesn't tell of a thread by itself is as in its process.
        threads.map((thread) => ({ pid, ...(seccomp && { seccomp }), ...thread })),
      ),
      options,
    ),
}

const registerList = (registers: Readonly<Record<string, string>>): string =>
  Object.entries(registers)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')
