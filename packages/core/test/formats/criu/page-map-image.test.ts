import { deepEqual, equal, throws } from 'node:assert/strict'
import type { MessageInitShape } from '@bufbuild/protobuf'
import { pageMapImage } from '@kubectl-checkpoint/core/formats/criu'
import { pagemap_entrySchema, pagemap_headSchema } from '../../../src/formats/criu/gen/images_pb.ts'
import { craftMessage } from './craft-image.ts'

type Entry = MessageInitShape<typeof pagemap_entrySchema>

const head = craftMessage(pagemap_headSchema, { pagesId: 3 })
const parse = (...entries: readonly Entry[]) =>
  pageMapImage.parse(
    [head, ...entries.map((entry) => craftMessage(pagemap_entrySchema, entry))],
    'pagemap-1.img',
  )

describe('pageMapImage', () => {
  it('gives places in the pages file to present pages only', () => {
    deepEqual(
      parse(
        { vaddr: 0x1000n, nrPages: 2n, flags: 4 },
        { vaddr: 0x4000n, nrPages: 8n, flags: 1 },
        { vaddr: 0x10000n, nrPages: 3n, flags: 2 },
        { vaddr: 0x20000n, nrPages: 1n, flags: 0 },
        { vaddr: 0x30000n, nrPages: 5n, flags: 6 },
      ),
      {
        pagesId: 3,
        storedPageCount: 7,
        runs: [
          { address: 0x1000n, pageCount: 2, where: 'present', firstPage: 0 },
          { address: 0x4000n, pageCount: 8, where: 'parent' },
          { address: 0x10000n, pageCount: 3, where: 'lazy' },
          { address: 0x20000n, pageCount: 1, where: 'not-dumped' },
          { address: 0x30000n, pageCount: 5, where: 'present', firstPage: 2 },
        ],
      },
    )
  })
  it('reads a page from the parent where it is in both, and still counts it in the file', () => {
    const { runs } = parse({ vaddr: 0n, nrPages: 2n, flags: 5 }, { vaddr: 0x8000n, nrPages: 1n, flags: 4 })
    deepEqual(runs, [
      { address: 0n, pageCount: 2, where: 'parent' },
      { address: 0x8000n, pageCount: 1, where: 'present', firstPage: 2 },
    ])
  })
  it('understands old images: no flags, in_parent, and a count of 32 bits', () => {
    deepEqual(
      parse({ vaddr: 0n, compatNrPages: 2 }, { vaddr: 0x8000n, compatNrPages: 4, inParent: true }).runs,
      [
        { address: 0n, pageCount: 2, where: 'present', firstPage: 0 },
        { address: 0x8000n, pageCount: 4, where: 'parent' },
      ],
    )
  })
  it('takes a process without pages', () => {
    deepEqual(parse(), { pagesId: 3, runs: [], storedPageCount: 0 })
  })
  it('counts beyond 32 bits', () => {
    equal(parse({ vaddr: 0n, nrPages: 2n ** 40n, flags: 4 }).storedPageCount, 2 ** 40)
  })
  it('refuses addresses out of order', () => {
    for (const second of [0x1000n, 0x2000n]) {
      throws(() => parse({ vaddr: 0x2000n, nrPages: 1n }, { vaddr: second, nrPages: 1n }), {
        code: 'BAD_PAGE_MAP',
      })
    }
  })
  it('refuses more pages than there can be, in one entry or in all', () => {
    throws(() => parse({ vaddr: 0n, nrPages: 2n ** 53n }), { code: 'BAD_PAGE_MAP' })
    const half = { nrPages: 2n ** 51n + 1n, flags: 4 }
    throws(() => parse({ vaddr: 0n, ...half }, { vaddr: 1n, ...half }), { code: 'BAD_PAGE_MAP' })
  })
  it('refuses flags and fields of newer CRIU, which move the places', () => {
    throws(() => parse({ vaddr: 0n, nrPages: 1n, flags: 12 }), { code: 'PAGES_UNSUPPORTED' })
    const entry = craftMessage(pagemap_entrySchema, { vaddr: 0n, nrPages: 1n, flags: 4 })
    const unknownField = Buffer.concat([entry, Buffer.from([0x30, 0x05])])
    throws(() => pageMapImage.parse([head, unknownField], 'x'), { code: 'PAGES_UNSUPPORTED' })
  })
  it('refuses an image without its head', () => {
    throws(() => pageMapImage.parse([], 'x'), { code: 'BAD_MESSAGE' })
  })
})
