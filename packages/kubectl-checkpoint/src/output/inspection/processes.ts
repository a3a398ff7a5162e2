import type { ProcessDocument } from '@kubectl-checkpoint/core/documents'
import { type Column, columnsTable } from '../columns.ts'
import { processTree, type TreeRow } from '../process-tree.ts'
import type { TextOptions } from '../view.ts'
import type { SectionView } from './section-view.ts'

type Row = TreeRow<ProcessDocument>

const columns: readonly Column<Row>[] = [
  { name: 'PID', cell: ({ process }) => process.pid },
  { name: 'PPID', cell: ({ process }) => process.ppid },
  { name: 'PGID', cell: ({ process }) => process.pgid, wide: true },
  { name: 'SID', cell: ({ process }) => process.sid, wide: true },
  { name: 'UID', cell: ({ process }) => process.uid },
  { name: 'GID', cell: ({ process }) => process.gid, wide: true },
  { name: 'STATE', cell: ({ process }) => process.state },
  { name: 'THREADS', cell: ({ process }) => process.threads.length },
  { name: 'COMM', cell: ({ process, indent }) => indent + process.comm },
  { name: 'EXE', cell: ({ process }) => executable(process), wide: true },
  { name: 'ARGS', cell: ({ process }) => commandOf(process) },
]

/** The processes as a tree, as `ps f` draws it. */
export const processesSection: SectionView = {
  title: 'Processes',
  toText: ({ processes }, options) => columnsTable(columns, processTree(processes), options),
}

const brief = columns.filter(({ name }) => ['PID', 'COMM', 'ARGS'].includes(name))

/** The same in a summary, in as many lines as there is room: with what tells processes apart, but more with `-o wide`. */
export function briefProcesses(
  processes: readonly ProcessDocument[],
  room: number,
  options: TextOptions,
): string {
  const rows = processTree(processes)
  const shown = rows.length <= room ? rows : rows.slice(0, room - 1)
  const text = columnsTable(options.wide ? columns : brief, shown, options)
  const left = rows.length - shown.length
  return left > 0 ? `${text}… and ${left} more: --processes\n` : text
}

/** As `ps` shows it: what has ended has no arguments any more. */
function commandOf({ args, state }: ProcessDocument): string | undefined {
  return args?.join(' ') ?? (state === 'zombie' ? '<defunct>' : undefined)
}

export const executable = ({ exe, exeDeleted }: ProcessDocument): string | undefined =>
  exe === undefined ? undefined : `${exe}${exeDeleted ? ' (deleted)' : ''}`
