import stringWidth from 'string-width'
import { printable } from './printable.ts'

export interface TableOptions {
  /** Whether the first line names the columns. */
  readonly headers: boolean
  /** Columns of the terminal: longer lines end in `…`. Without it lines are as long as they are. */
  readonly width?: number | undefined
}

const gap = '   '

/** Columns as kubectl draws them: left-aligned, three spaces apart, without lines or trailing spaces. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { headers, width }: TableOptions,
): string {
  const lines = [...(headers ? [header] : []), ...rows].map((cells) => cells.map(printable))
  const widths = header.map((_, column) =>
    lines.reduce((widest, cells) => Math.max(widest, stringWidth(cells[column] ?? '')), 0),
  )
  return lines
    .map((cells) => cells.map((cell, column) => pad(cell, widths[column] ?? 0)).join(gap))
    .map((line) => `${truncate(line.trimEnd(), width)}\n`)
    .join('')
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(width - stringWidth(cell))
}

/** The beginning of `line` that fits `width` columns, its last one an ellipsis if something is missing. */
export function truncate(line: string, width: number | undefined): string {
  if (width === undefined || stringWidth(line) <= width) return line
  let beginning = ''
  let used = 0
  for (const character of line) {
    used += stringWidth(character)
    if (used > width - 1) break
    beginning += character
  }
  return `${beginning}…`
}
