import { table } from './table.ts'
import type { TextOptions } from './view.ts'

export interface Column<Row> {
  readonly name: string
  /** What is unknown or doesn't apply shows as `-`. */
  readonly cell: (row: Row) => string | number | undefined
  /** Shown only with `-o wide`. */
  readonly wide?: true
  /** Neither this nor what stands before it is cut to the terminal: a part of a path is no use. */
  readonly whole?: true
  /** Of the last column: what has no room goes on below. */
  readonly wrapped?: true
}

/** A table of `rows`, whose long lines are cut to the terminal, but not with `-o wide`. */
export function columnsTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { wide, headers, width }: TextOptions,
): string {
  if (rows.length === 0) return headers ? 'none\n' : ''
  const shown = columns.filter((column) => wide || !column.wide)
  return table(
    shown.map(({ name }) => name),
    rows.map((row) => shown.map(({ cell }) => `${cell(row) ?? '-'}`)),
    {
      headers,
      width: wide ? undefined : width,
      wholeColumns: shown.findLastIndex(({ whole }) => whole) + 1,
      wrapLast: shown.at(-1)?.wrapped ?? false,
    },
  )
}
