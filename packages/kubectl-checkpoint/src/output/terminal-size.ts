import type { OutputStream } from '../io.ts'

/** The columns and lines of a terminal, as far as it tells; those of `docker run -t` and of many builds say 0. */
export function terminalSize({ columns, rows }: Pick<OutputStream, 'columns' | 'rows'>): {
  readonly width: number | undefined
  readonly height: number | undefined
} {
  return { width: columns || undefined, height: rows || undefined }
}
