import { firstIndex } from '../../bytes/index.ts'
import type { PageRun } from '../../formats/criu/index.ts'

/** Of some memory, how many bytes the archive holds, how many an earlier dump does, and how many stayed on the source. */
export interface StoredBytes {
  readonly present: number
  readonly parent: number
  readonly lazy: number
}

/** Counts what is stored of `[start, end)`. */
export type PageCounts = (start: bigint, end: bigint) => StoredBytes

/**
 * Adds up page runs once, so that each count costs two searches, however many mappings a crafted archive lays over the
 * same pages.
 * @param runs In ascending order and disjoint.
 */
export function buildPageCounts(runs: readonly PageRun[], pageSize: number): PageCounts {
  const totalsOf = (where: keyof StoredBytes) => {
    const totals = new Float64Array(runs.length + 1)
    let total = 0
    for (const [index, run] of runs.entries()) {
      if (run.where === where) total += run.pageCount * pageSize
      totals[index + 1] = total
    }
    return totals
  }
  const totals = { present: totalsOf('present'), parent: totalsOf('parent'), lazy: totalsOf('lazy') }
  /** How to count what lies below an address. */
  const below = (address: bigint) => {
    const index = firstIndex(runs, (run) => run.address >= address)
    const last = runs[index - 1]
    const beyond = last ? Math.max(0, last.pageCount * pageSize - Number(address - last.address)) : 0
    return (where: keyof StoredBytes) => (totals[where][index] ?? 0) - (last?.where === where ? beyond : 0)
  }
  return (start, end) => {
    const [from, to] = [below(start), below(end)]
    // A crafted page map may say that the other dump has more than a number can count.
    const count = (where: keyof StoredBytes) => Math.min(to(where) - from(where), Number.MAX_SAFE_INTEGER)
    return { present: count('present'), parent: count('parent'), lazy: count('lazy') }
  }
}
