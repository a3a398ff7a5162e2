import { type ByteSource, type ReadOptions, slice } from '../../bytes/index.ts'
import type { PageMap, PageRun } from '../../formats/criu/index.ts'
import { ProcessError } from './errors.ts'
import type { Hole } from './hole.ts'
import { endOfRun, findStretches } from './stretches.ts'

/** A stretch of memory: its bytes, or why there are none. */
export type MemoryPiece =
  | { readonly kind: 'bytes'; readonly address: bigint; readonly bytes: Uint8Array }
  | { readonly kind: Hole; readonly address: bigint; readonly byteLength: number }

/** Where the bytes of a stretch of memory are, or why there are none. */
type MemoryPlace =
  | { readonly kind: 'bytes'; readonly address: bigint; readonly source: ByteSource }
  | { readonly kind: Hole; readonly address: bigint; readonly byteLength: number }

/** What the archive holds of one process's memory. */
export interface AddressSpace {
  readonly pageSize: number
  /** The process's own pages are in `pages-ID.img` of this ID. */
  readonly pagesId: number
  /** In ascending order, disjoint. What lies between them is `not-dumped`. */
  readonly runs: readonly PageRun[]
  /**
   * Where to find what `[address, address + byteLength)` holds, in order and without gaps; neighbours of one kind are
   * joined where they can be. Reads nothing.
   * @throws {ProcessError} BAD_ADDRESS
   */
  locate(address: bigint, byteLength: number): Iterable<MemoryPlace>
  /**
   * The same with its bytes. Never zeros that the archive doesn't hold. One read for each piece of bytes, which is as
   * long as the caller asks: don't pass on a length from an archive unchecked.
   * @throws {ProcessError} BAD_ADDRESS
   */
  read(address: bigint, byteLength: number, options?: ReadOptions): Promise<readonly MemoryPiece[]>
}

const pageSizes = [4096, 16384, 65536]
const endOfMemory = 2n ** 64n

/**
 * Joins a page map with its pages.
 * @param pages `pages-ID.img`; undefined where the archive lacks it, as it may if no page is stored.
 * @throws {ProcessError} PAGES_MISMATCH if their sizes don't agree for any page size, or pages overlap or lie past the
 * last address.
 */
export function buildAddressSpace(
  pageMap: PageMap,
  pages: ByteSource | undefined,
  where: string,
): AddressSpace {
  const { runs, pagesId } = pageMap
  const pageSize = derivePageSize(pageMap, pages, where)
  checkRuns(runs, pageSize, where)
  return {
    pageSize,
    pagesId,
    runs,
    *locate(address, byteLength) {
      const end = address + BigInt(byteLength)
      if (address < 0n || end > endOfMemory) {
        throw new ProcessError('BAD_ADDRESS', `${where}: no process has memory at 0x${end.toString(16)}`)
      }
      for (const { from, to, ...place } of findStretches(runs, pageSize, address, end)) {
        const byteLength = Number(to - from)
        if (place.kind !== 'bytes') yield { kind: place.kind, address: from, byteLength }
        else if (pages) yield { kind: 'bytes', address: from, source: slice(pages, place.offset, byteLength) }
      }
    },
    read: readPlaces,
  }
}

/** `read` of every address space, from what its own `locate` says. */
async function readPlaces(
  this: AddressSpace,
  address: bigint,
  byteLength: number,
  options?: ReadOptions,
): Promise<readonly MemoryPiece[]> {
  const pieces: MemoryPiece[] = []
  for (const place of this.locate(address, byteLength)) {
    if (place.kind !== 'bytes') pieces.push(place)
    else {
      const { kind, address, source } = place
      pieces.push({ kind, address, bytes: await source.read(0, source.size, options) })
    }
  }
  return pieces
}

/**
 * The page size that makes the stored pages fill their file. Neither page maps nor this machine can tell: arm64
 * kernels differ in it.
 */
function derivePageSize({ storedPageCount }: PageMap, pages: ByteSource | undefined, where: string): number {
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

function checkRuns(runs: readonly PageRun[], pageSize: number, where: string): void {
  for (const [index, run] of runs.entries()) {
    const limit = runs[index + 1]?.address ?? endOfMemory
    if (endOfRun(run, pageSize) > limit) {
      throw new ProcessError(
        'PAGES_MISMATCH',
        `${where}: the pages at 0x${run.address.toString(16)} are too many`,
      )
    }
  }
}
