import { columnsTable } from '../columns.ts'
import type { SectionView } from './section-view.ts'

export const environmentSection: SectionView = {
  title: 'Environment',
  toText: ({ processes }, options) =>
    columnsTable(
      [
        { name: 'PID', cell: ({ pid }) => pid },
        { name: 'VARIABLE', cell: ({ variable }) => variable },
      ],
      processes.flatMap(({ pid, env = [] }) => env.map((variable) => ({ pid, variable }))),
      options,
    ),
}
