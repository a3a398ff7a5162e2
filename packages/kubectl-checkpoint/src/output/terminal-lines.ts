import type { OutputStream } from '../io.ts'
import { proseWidth } from './prose-width.ts'
import { wrap } from './wrap.ts'

/** A line that stays, as a terminal shows it: wrapped between words. In a log it stays one line, to be searched. */
export const terminalLines = (line: string, stream: OutputStream): string =>
  stream.isTTY ? wrap(line, proseWidth(stream)) : line
