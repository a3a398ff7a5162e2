import type { ProcessDocument } from '@kubectl-checkpoint/core/documents'
import { columnsTable } from '../columns.ts'
import type { SectionView } from './section-view.ts'
import { shortPids } from './short-pids.ts'

export const environmentSection: SectionView = {
  title: 'Environment',
  toText: ({ processes }, options) =>
    columnsTable(
      [
        { name: 'PID', cell: ({ pids }) => (options.wide ? pids.join(',') : shortPids(pids)) },
        { name: 'VARIABLE', cell: ({ variable }) => variable },
      ],
      variablesOf(processes),
      options,
    ),
}

/** Children inherit most of them, and what is equal is said once. */
function variablesOf(processes: readonly ProcessDocument[]) {
  const pids = new Map<string, Set<number>>()
  for (const { pid, env = [] } of processes) {
    for (const variable of env) pids.set(variable, (pids.get(variable) ?? new Set()).add(pid))
  }
  return Array.from(pids, ([variable, ofProcesses]) => ({ variable, pids: [...ofProcesses] }))
}
