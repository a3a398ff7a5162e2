/** Bytes `[offset, offset + length)` of a source. */
export interface Span {
  readonly offset: number
  readonly length: number
}

/**
 * The fewest spans that cover `wanted` without reading more than `maxGap` bytes between two of them for nothing. In
 * order of offset; `wanted` may come in any order, overlap and be empty.
 */
export function planReads(wanted: readonly Span[], maxGap: number): readonly Span[] {
  const planned: Span[] = []
  for (const span of wanted.toSorted((a, b) => a.offset - b.offset)) {
    if (span.length === 0) continue
    const last = planned.at(-1)
    const end = last && last.offset + last.length
    if (last && end !== undefined && span.offset - end <= maxGap) {
      const length = Math.max(end, span.offset + span.length) - last.offset
      planned[planned.length - 1] = { offset: last.offset, length }
    } else {
      planned.push(span)
    }
  }
  return planned
}
