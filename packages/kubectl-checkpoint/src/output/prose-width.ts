import type { OutputStream } from '../io.ts'
import { terminalSize } from './terminal-size.ts'

/** The width of sentences on `stream`: longer lines than 80 read badly, and a terminal may be narrower. */
export const proseWidth = (stream: Pick<OutputStream, 'columns'>): number =>
  Math.min(80, terminalSize(stream).width ?? 80)
