import type { Comparison } from './paired.ts'

/** `0.13 (0.12–0.14)` */
export const describeRatio = ({ ratio, spread }: Pick<Comparison, 'ratio' | 'spread'>): string =>
  `${ratio.toFixed(2)} (${spread.map((part) => part.toFixed(2)).join('–')})`

export const describeMs = (milliseconds: number): string => `${milliseconds.toFixed(0)} ms`

export const describeMiB = (bytes: number | undefined): string =>
  bytes === undefined ? '?' : `${(bytes / 2 ** 20).toFixed(0)} MiB`
