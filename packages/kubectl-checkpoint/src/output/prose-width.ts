import type { OutputStream } from '../io.ts'

/** The width of sentences on `stream`: longer lines than 80 read badly, and a terminal may be narrower. */
export const proseWidth = ({ columns }: Pick<OutputStream, 'columns'>): number => Math.min(80, columns || 80)
