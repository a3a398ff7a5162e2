import { firstIndex } from '../../bytes/index.ts'
import type { PageRun } from '../../formats/criu/index.ts'
import type { Hole } from './hole.ts'

/** A part of an address range, and where its bytes are in the pages file, or why there are none. */
export type Stretch = { readonly from: bigint; readonly to: bigint } & (
  | { readonly kind: 'bytes'; readonly offset: number }
  | { readonly kind: Hole }
)

/** `[start, end)` in order and without gaps, cut where it must be: neighbours of one kind are one. */
export const findStretches = (
  runs: readonly PageRun[],
  pageSize: number,
  start: bigint,
  end: bigint,
): Iterable<Stretch> => joined(cut(runs, pageSize, start, end))

/** The address after a run's last byte. */
export const endOfRun = (run: PageRun, pageSize: number): bigint =>
  run.address + BigInt(run.pageCount) * BigInt(pageSize)

/** `[start, end)` cut where runs begin and end. */
function* cut(runs: readonly PageRun[], pageSize: number, start: bigint, end: bigint): Generator<Stretch> {
  let from = start
  for (let index = firstIndex(runs, (run) => endOfRun(run, pageSize) > start); from < end; index += 1) {
    const run = runs[index]
    const gapEnd = smaller(run?.address ?? end, end)
    if (gapEnd > from) {
      yield { kind: 'not-dumped', from, to: gapEnd }
      from = gapEnd
    }
    if (!run || from >= end) return
    const to = smaller(endOfRun(run, pageSize), end)
    if (to <= from) continue
    if (run.where === 'present') {
      yield { kind: 'bytes', from, to, offset: run.firstPage * pageSize + Number(from - run.address) }
    } else {
      yield { kind: run.where, from, to }
    }
    from = to
  }
}

/** Neighbours of one kind as one; bytes only where they follow each other in the file, too. */
function* joined(parts: Iterable<Stretch>): Generator<Stretch> {
  let last: Stretch | undefined
  for (const part of parts) {
    if (last && continues(last, part)) {
      last = { ...last, to: part.to }
    } else {
      if (last) yield last
      last = part
    }
  }
  if (last) yield last
}

function continues(last: Stretch, next: Stretch): boolean {
  if (last.kind === 'bytes' && next.kind === 'bytes') {
    return next.offset === last.offset + Number(last.to - last.from)
  }
  return last.kind === next.kind
}

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b)
