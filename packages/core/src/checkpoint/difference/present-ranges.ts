import type { MappingDocument } from '../../documents/index.ts'
import type { AddressSpace } from '../process/index.ts'

/** A part `[from, to)` of a mapping, counted from its start. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** Longer than any real one of which the archive holds something; a crafted one costs no more than this. */
const longestShared = 2 ** 34

/**
 * Where the archive holds bytes of mappings. Only their beginnings of mappings that overlap others count, so that a
 * crafted list doesn't show the same pages many times.
 */
export function findPresentRanges(
  { runs, pageSize }: Pick<AddressSpace, 'runs' | 'pageSize'>,
  mappings: readonly MappingDocument[],
): ReadonlyMap<MappingDocument, readonly Range[]> {
  const found = new Map<MappingDocument, readonly Range[]>()
  let index = 0
  let free = 0n
  const ascending = mappings
    .map((mapping) => ({ mapping, start: BigInt(mapping.start), end: BigInt(mapping.end) }))
    .sort((a, b) => (a.start < b.start ? -1 : 1))
  for (const { mapping, start, end } of ascending) {
    if (start < free || end <= start) continue
    free = end
    if (mapping.permissions.endsWith('s')) {
      found.set(mapping, sharedRange(mapping, end - start))
      continue
    }
    const ranges: Range[] = []
    for (let run = runs[index]; run && run.address < end; run = runs[index]) {
      const runEnd = run.address + BigInt(run.pageCount) * BigInt(pageSize)
      if (run.where === 'present' && runEnd > start) {
        ranges.push({
          from: Number(run.address > start ? run.address - start : 0n),
          to: Number((runEnd < end ? runEnd : end) - start),
        })
      }
      // It may go on in the next mapping.
      if (runEnd > end) break
      index += 1
    }
    found.set(mapping, ranges)
  }
  return found
}

/** Shared memory has page maps of its own, which the address space knows. */
const sharedRange = ({ presentBytes }: MappingDocument, length: bigint): readonly Range[] =>
  presentBytes > 0 && length <= longestShared ? [{ from: 0, to: Number(length) }] : []

/** What lies in one or the other, in order and disjoint. */
export function joinRanges(a: readonly Range[], b: readonly Range[]): readonly Range[] {
  const joined: Range[] = []
  for (const range of [...a, ...b].sort((x, y) => x.from - y.from)) {
    const last = joined.at(-1)
    if (last && range.from <= last.to)
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, range.to) }
    else joined.push(range)
  }
  return joined
}
