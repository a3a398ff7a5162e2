import { printable } from './printable.ts'
import { textWidth } from './text-width.ts'
import { wrapBeside } from './wrap.ts'

export interface TableOptions {
  /** Whether the first line names the columns. */
  readonly headers: boolean
  /** Columns of the terminal: longer lines end in `…`. Without it lines are as long as their cells. */
  readonly width?: number | undefined
  /** Of so many of the first columns nothing is cut, however narrow the terminal is. */
  readonly wholeColumns?: number
  /** Whether what has no room in the last column goes on below, in place of being cut. */
  readonly wrapLast?: boolean
}

const gap = '   '

/** Characters that are shown of a cell: in a crafted archive, one could be of many MiB. */
const longestCell = 4096
/** Enough to fill a column, with marks above and below. */
const charactersPerColumn = 4

/** Columns as kubectl draws them: left-aligned, three spaces apart, without lines or trailing spaces. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { headers, width, wholeColumns = 0, wrapLast = false }: TableOptions,
): string {
  const longest = (column: number) =>
    width === undefined || column < wholeColumns ? longestCell : width * charactersPerColumn
  const lines = [...(headers ? [header] : []), ...rows].map((cells) =>
    cells.map((cell, column) => printable(shorten(cell, longest(column)))),
  )
  // Nothing stands behind the last column, which is the one with the long cells.
  const widths = header
    .slice(0, -1)
    .map((_, column) => lines.reduce((widest, cells) => Math.max(widest, textWidth(cells[column] ?? '')), 0))
  const margin = widths.reduce((sum, width) => sum + width + gap.length, 0)
  return lines
    .flatMap((cells) => (wrapLast ? wrapLastOf(cells, margin, width) : [cells]))
    .map((cells) => cells.map((cell, column) => pad(cell, widths[column])))
    .map((cells) => {
      const whole = textWidth(cells.slice(0, wholeColumns).join(gap).trimEnd())
      return `${truncate(cells.join(gap).trimEnd(), width && Math.max(width, whole + mark.length))}\n`
    })
    .join('')
}

/** `cells` in as many rows as the last of them needs. */
function wrapLastOf(cells: readonly string[], margin: number, width: number | undefined): string[][] {
  const others = cells.slice(0, -1)
  return wrapBeside(margin, cells.at(-1) ?? '', width)
    .split('\n')
    .map((line, index) => [...(index === 0 ? others : others.map(() => '')), line.slice(margin)])
}

/** What a line that is cut ends with behind a column that is not. */
const mark = `${gap}…`

/** At most the first `longest` characters of `cell`, and `…` if there are more. */
export function shorten(cell: string, longest: number): string {
  const beginning = Array.from(cell.slice(0, 2 * longest))
    .slice(0, longest)
    .join('')
  return beginning.length < cell.length ? `${beginning}…` : cell
}

function pad(cell: string, width: number | undefined): string {
  return width === undefined ? cell : cell + ' '.repeat(width - textWidth(cell))
}

/** Whether no line of `text` is wider than a terminal of `width` columns; without one there's room for any. */
export function fits(text: string, width: number | undefined): boolean {
  return width === undefined || text.split('\n').every((line) => textWidth(line) <= width)
}

/** The beginning of `line` that fits `width` columns, its last one an ellipsis if something is missing. */
export function truncate(line: string, width: number | undefined): string {
  if (width === undefined || textWidth(line) <= width) return line
  let beginning = ''
  let used = 0
  for (const character of line) {
    used += textWidth(character)
    if (used > width - 1) break
    beginning += character
  }
  return `${beginning}…`
}
