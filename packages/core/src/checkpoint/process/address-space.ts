import type { ByteSource, ReadOptions } from '../../bytes/index.ts'
import type { PageMap, PageRun } from '../../formats/criu/index.ts'
import { ProcessError } from './errors.ts'

/** A stretch of memory: its bytes, or why there are none. */
export type MemoryPiece =
  | { readonly kind: 'bytes'; readonly address: bigint; readonly bytes: Uint8Array }
  | { readonly kind: Hole; readonly address: bigint; readonly byteLength: number }

/**
 * `parent`: in an earlier dump. `lazy`: still on the source host. `not-dumped`: zeros never touched, the content of a
 * file, or no mapping at all; the page map doesn't tell them apart.
 */
export type Hole = 'parent' | 'lazy' | 'not-dumped'

/** What the archive holds of one process's memory. */
export interface AddressSpace {
  readonly pageSize: number
  /** In ascending order, disjoint. What lies between them is `not-dumped`. */
  readonly runs: readonly PageRun[]
  /**
   * What `[address, address + byteLength)` holds, in order and without gaps; neighbours of one kind are joined where
   * they can be. Never zeros that the archive doesn't hold. One read for each piece of bytes, which is as long as
   * the caller asks: don't pass on a length from an archive unchecked.
   * @throws {ProcessError} BAD_ADDRESS
   */
  read(address: bigint, byteLength: number, options?: ReadOptions): Promise<readonly MemoryPiece[]>
}

const pageSizes = [4096, 16384, 65536]
const endOfMemory = 2n ** 64n

/**
 * Joins a page map with its pages.
 * @param pages `pages-ID.img`; undefined where the archive lacks it, as it may if no page is stored.
 * @throws {ProcessError} PAGES_MISMATCH if their sizes don't agree for any page size; BAD_ADDRESS for pages that
 * overlap or lie past the last address.
 */
export function buildAddressSpace(
  pageMap: PageMap,
  pages: ByteSource | undefined,
  where: string,
): AddressSpace {
  const { runs } = pageMap
  const pageSize = findPageSize(pageMap, pages, where)
  const endOf = (run: PageRun) => run.address + BigInt(run.pageCount) * BigInt(pageSize)
  checkRuns(runs, endOf, where)
  return {
    pageSize,
    runs,
    async read(address, byteLength, options) {
      const end = address + BigInt(byteLength)
      if (address < 0n || end > endOfMemory) {
        throw new ProcessError('BAD_ADDRESS', `${where}: no process has memory at 0x${end.toString(16)}`)
      }
      const pieces: MemoryPiece[] = []
      for (const { from, to, ...place } of joined(stretches(runs, endOf, pageSize, address, end))) {
        const byteLength = Number(to - from)
        if (place.kind !== 'bytes') {
          pieces.push({ kind: place.kind, address: from, byteLength })
        } else if (pages) {
          pieces.push({
            kind: 'bytes',
            address: from,
            bytes: await pages.read(place.offset, byteLength, options),
          })
        }
      }
      return pieces
    },
  }
}

/**
 * The page size that makes the stored pages fill their file. Neither page maps nor this machine can tell: arm64
 * kernels differ in it.
 */
function findPageSize({ storedPageCount }: PageMap, pages: ByteSource | undefined, where: string): number {
  const stored = pages?.size ?? 0
  const pageSize = pageSizes.find((size) => storedPageCount * size === stored)
  if (pageSize === undefined) {
    throw new ProcessError(
      'PAGES_MISMATCH',
      `${where} describes ${storedPageCount} pages, but the archive holds ${stored} bytes of them`,
      { hint: 'The checkpoint is incomplete. Make a new one.' },
    )
  }
  return pageSize
}

function checkRuns(runs: readonly PageRun[], endOf: (run: PageRun) => bigint, where: string): void {
  for (const [index, run] of runs.entries()) {
    const limit = runs[index + 1]?.address ?? endOfMemory
    if (endOf(run) > limit) {
      throw new ProcessError(
        'BAD_ADDRESS',
        `${where}: the pages at 0x${run.address.toString(16)} are too many`,
      )
    }
  }
}

type Stretch = { readonly from: bigint; readonly to: bigint } & (
  | { readonly kind: 'bytes'; readonly offset: number }
  | { readonly kind: Hole }
)

/** `[start, end)` cut where runs begin and end. */
function* stretches(
  runs: readonly PageRun[],
  endOf: (run: PageRun) => bigint,
  pageSize: number,
  start: bigint,
  end: bigint,
): Generator<Stretch> {
  let from = start
  for (let index = findRun(runs, endOf, start); from < end; index += 1) {
    const run = runs[index]
    const gapEnd = smaller(run?.address ?? end, end)
    if (gapEnd > from) {
      yield { kind: 'not-dumped', from, to: gapEnd }
      from = gapEnd
    }
    if (!run || from >= end) return
    const to = smaller(endOf(run), end)
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

/** The place of the first run that ends after `address`. */
function findRun(runs: readonly PageRun[], endOf: (run: PageRun) => bigint, address: bigint): number {
  let low = 0
  let high = runs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const run = runs[middle]
    if (run && endOf(run) <= address) low = middle + 1
    else high = middle
  }
  return low
}

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b)
