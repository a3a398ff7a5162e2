import { deepEqual, equal, rejects } from 'node:assert/strict'
import { memorySource } from '@kubectl-checkpoint/core/bytes'
import { pageMapImage, readImage } from '@kubectl-checkpoint/core/formats/criu'
import { imageTypes } from '../../../../src/formats/criu/image-types.ts'
import { pagemap_entry, pagemap_head } from '../../../../src/formats/criu/messages/page-map.ts'
import type { Message } from '../../../../src/formats/criu/schema/index.ts'
import { type Crafted, craftImage, craftMessage } from '../craft-image.ts'

type Entry = Crafted<Message<typeof pagemap_entry>>

const head = craftMessage(pagemap_head, { pages_id: 3 })
const readMessages = (...messages: readonly Uint8Array[]) =>
  readImage(pageMapImage, memorySource(craftImage(imageTypes.PAGEMAP.magic, messages), 'pagemap-1.img'))
const read = (...entries: readonly Entry[]) =>
  readMessages(head, ...entries.map((entry) => craftMessage(pagemap_entry, entry)))

describe('pageMapImage', () => {
  it('gives places in the pages file to present pages only', async () => {
    deepEqual(
      await read(
        { vaddr: 0x1000n, nr_pages: 2n, flags: 4 },
        { vaddr: 0x4000n, nr_pages: 8n, flags: 1 },
        { vaddr: 0x10000n, nr_pages: 3n, flags: 2 },
        { vaddr: 0x20000n, nr_pages: 1n, flags: 0 },
        { vaddr: 0x30000n, nr_pages: 5n, flags: 6 },
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
  it('reads a page from the parent where it is in both, and still counts it in the file', async () => {
    const { runs } = await read(
      { vaddr: 0n, nr_pages: 2n, flags: 5 },
      { vaddr: 0x8000n, nr_pages: 1n, flags: 4 },
    )
    deepEqual(runs, [
      { address: 0n, pageCount: 2, where: 'parent' },
      { address: 0x8000n, pageCount: 1, where: 'present', firstPage: 2 },
    ])
  })
  it('understands old images: no flags, in_parent, and a count of 32 bits', async () => {
    const { runs } = await read(
      { vaddr: 0n, compat_nr_pages: 2 },
      { vaddr: 0x8000n, compat_nr_pages: 4, in_parent: true },
    )
    deepEqual(runs, [
      { address: 0n, pageCount: 2, where: 'present', firstPage: 0 },
      { address: 0x8000n, pageCount: 4, where: 'parent' },
    ])
  })
  it('takes a process without pages', async () => {
    deepEqual(await read(), { pagesId: 3, runs: [], storedPageCount: 0 })
  })
  it('counts beyond 32 bits', async () => {
    const { storedPageCount } = await read({ vaddr: 0n, nr_pages: 2n ** 40n, flags: 4 })
    equal(storedPageCount, 2 ** 40)
  })
  it('refuses addresses out of order', async () => {
    for (const second of [0x1000n, 0x2000n]) {
      await rejects(read({ vaddr: 0x2000n, nr_pages: 1n }, { vaddr: second, nr_pages: 1n }), {
        code: 'BAD_PAGE_MAP',
      })
    }
  })
  it('refuses more pages than there can be, in one entry or in all', async () => {
    await rejects(read({ vaddr: 0n, nr_pages: 2n ** 53n }), { code: 'BAD_PAGE_MAP' })
    const half = { nr_pages: 2n ** 51n + 1n, flags: 4 }
    await rejects(read({ vaddr: 0n, ...half }, { vaddr: 1n, ...half }), { code: 'BAD_PAGE_MAP' })
  })
  it('refuses flags and fields of newer CRIU, which move the places', async () => {
    await rejects(read({ vaddr: 0n, nr_pages: 1n, flags: 12 }), { code: 'PAGES_UNSUPPORTED' })
    const entry = craftMessage(pagemap_entry, { vaddr: 0n, nr_pages: 1n, flags: 4 })
    const unknownField = Buffer.concat([entry, Buffer.from([0x30, 0x05])])
    await rejects(readMessages(head, unknownField), { code: 'PAGES_UNSUPPORTED' })
  })
  it('refuses an image without its head', async () => {
    await rejects(readMessages(), { code: 'BAD_MESSAGE' })
  })
})
