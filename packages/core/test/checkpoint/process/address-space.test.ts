import { deepEqual, equal, rejects, throws } from 'node:assert/strict'
import { countingSource, memorySource } from '@kubectl-checkpoint/core/bytes'
import type { PageMap, PageRun } from '@kubectl-checkpoint/core/formats/criu'
import { virtualSource } from '@kubectl-checkpoint/test-support'
import fc from 'fast-check'
import { buildAddressSpace, type MemoryPiece } from '../../../src/checkpoint/process/address-space.ts'

type Where = PageRun['where']
type Layout = readonly (readonly [page: number, pageCount: number, where: Where])[]

const page = 4096

/** A page map of runs, given by page, that are in order. */
function buildMap(layout: Layout, pageSize = page): PageMap {
  let storedPageCount = 0
  const runs = layout.map(([first, pageCount, where]): PageRun => {
    const address = BigInt(first) * BigInt(pageSize)
    if (where !== 'present') return { address, pageCount, where }
    const firstPage = storedPageCount
    storedPageCount += pageCount
    return { address, pageCount, where, firstPage }
  })
  return { pagesId: 1, runs, storedPageCount }
}

/** Pages whose bytes tell their place: every page is filled with its number. */
const numbered = (pageCount: number) =>
  memorySource(Uint8Array.from({ length: pageCount * page }, (_, index) => Math.floor(index / page) + 1))

const build = (layout: Layout) => {
  const map = buildMap(layout)
  return buildAddressSpace(map, numbered(map.storedPageCount), 'pagemap-1.img')
}
const summary = (pieces: readonly MemoryPiece[]) =>
  pieces.map((piece) =>
    piece.kind === 'bytes' ? [...new Set(piece.bytes)].join() : `${piece.kind} ${piece.byteLength}`,
  )

describe('AddressSpace', () => {
  it('gives bytes, and says why there are none', async () => {
    const space = build([
      [1, 1, 'present'],
      [3, 1, 'parent'],
      [4, 1, 'lazy'],
      [5, 2, 'present'],
      [9, 1, 'not-dumped'],
    ])
    deepEqual(summary(await space.read(0n, 12 * page)), [
      'not-dumped 4096',
      '1',
      'not-dumped 4096',
      'parent 4096',
      'lazy 4096',
      '2,3',
      'not-dumped 20480',
    ])
  })
  it('reads neighbouring runs at once where they follow each other in the file', async () => {
    const map = buildMap([
      [1, 1, 'present'],
      [2, 2, 'present'],
    ])
    const pages = countingSource(numbered(3))
    const pieces = await buildAddressSpace(map, pages, 'test').read(BigInt(page) + 5n, 2 * page)
    deepEqual(summary(pieces), ['1,2,3'])
    equal(pages.reads, 1)
    equal(pages.bytesRead, 2 * page)
  })
  it('reads nothing of a file for what is not in it', async () => {
    const pages = countingSource(numbered(1))
    const space = buildAddressSpace(buildMap([[1, 1, 'present']]), pages, 'test')
    deepEqual(summary(await space.read(0x5000n, 10)), ['not-dumped 10'])
    deepEqual(summary(await space.read(0x1000n, 0)), [])
    equal(pages.reads, 0)
  })
  it('reaches the last address', async () => {
    const space = build([[2 ** 52 - 1, 1, 'present']])
    deepEqual(summary(await space.read(2n ** 64n - 1n, 1)), ['1'])
    await rejects(space.read(2n ** 64n - 1n, 2), { name: 'ProcessError', code: 'BAD_ADDRESS' })
    await rejects(space.read(-1n, 1), { code: 'BAD_ADDRESS' })
  })
  it('learns the page size from the pages, not from this machine', async () => {
    const map = buildMap([[1, 2, 'present']], 65536)
    const space = buildAddressSpace(
      map,
      virtualSource([Buffer.alloc(65536, 1), Buffer.alloc(65536, 2)]),
      'test',
    )
    equal(space.pageSize, 65536)
    deepEqual(summary(await space.read(0x20000n - 1n, 2)), ['1,2'])
  })
  it('needs no pages where none are stored', async () => {
    const space = buildAddressSpace(buildMap([[1, 1, 'parent']]), undefined, 'test')
    deepEqual(summary(await space.read(0x1000n, page)), ['parent 4096'])
  })
  it('refuses pages that are cut short, too long or missing', () => {
    const map = buildMap([[1, 3, 'present']])
    for (const pages of [memorySource(new Uint8Array(3 * page - 1)), numbered(4), undefined]) {
      throws(() => buildAddressSpace(map, pages, 'test'), { name: 'ProcessError', code: 'PAGES_MISMATCH' })
    }
  })
  it('refuses pages that overlap or lie past the last address', () => {
    const overlapping: Layout = [
      [1, 2, 'parent'],
      [2, 1, 'lazy'],
    ]
    throws(() => build(overlapping), { code: 'PAGES_MISMATCH' })
    throws(() => build([[2 ** 52 - 1, 2, 'lazy']]), { code: 'PAGES_MISMATCH' })
  })

  it('agrees with an array of bytes on random page maps and reads', async () => {
    const run = fc.record({
      gap: fc.nat(3),
      pageCount: fc.nat(3),
      where: fc.constantFrom<Where>('present', 'present', 'parent', 'lazy', 'not-dumped'),
    })
    const read = fc.record({ start: fc.nat(60 * page), byteLength: fc.nat(5 * page) })
    await fc.assert(
      fc.asyncProperty(
        fc.array(run, { maxLength: 9 }),
        fc.array(read, { maxLength: 5 }),
        async (runs, reads) => {
          let next = 0
          const layout = runs.flatMap(({ gap, pageCount, where }): Layout => {
            const first = next + gap
            next = first + pageCount
            return pageCount === 0 ? [] : [[first, pageCount, where]]
          })
          const model = modelOf(layout)
          const space = build(layout)
          for (const { start, byteLength } of reads) {
            const pieces = await space.read(BigInt(start), byteLength)
            let address = BigInt(start)
            const seen = pieces.flatMap((piece): (number | Where)[] => {
              equal(piece.address, address)
              const cells =
                piece.kind === 'bytes' ? [...piece.bytes] : Array<Where>(piece.byteLength).fill(piece.kind)
              address += BigInt(cells.length)
              return cells
            })
            deepEqual(
              seen,
              Array.from(
                { length: byteLength },
                (_, index) => model[Math.floor((start + index) / page)] ?? 'not-dumped',
              ),
            )
          }
        },
      ),
      { numRuns: 100 },
    )
  })
})

/** What each page holds: the number its bytes have, or why there are none. */
function modelOf(layout: Layout): (number | Where)[] {
  const pages: (number | Where)[] = []
  let stored = 0
  for (const [first, pageCount, where] of layout) {
    for (let index = first; index < first + pageCount; index += 1) {
      pages[index] = where === 'present' ? ++stored : where
    }
  }
  return pages
}
