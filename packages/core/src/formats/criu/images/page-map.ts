import { CriuError } from '../errors.ts'
import { imageTypes } from '../image-types.ts'
import { pageFlags, type pagemap_entry } from '../messages/page-map.ts'
import { imageOf } from '../read-image.ts'
import { hasUnknownFields, type Message } from '../schema/index.ts'

/** Consecutive pages of a process, and where their bytes are. */
export type PageRun = {
  readonly address: bigint
  readonly pageCount: number
} & (
  | {
      /** In `pages-ID.img`. */
      readonly where: 'present'
      /** The first one's place there, counted in pages. */
      readonly firstPage: number
    }
  /** `parent`: in an earlier dump. `lazy`: still on the source host. `not-dumped`: nowhere. */
  | { readonly where: 'parent' | 'lazy' | 'not-dumped' }
)

export interface PageMap {
  /** The bytes are in `pages-ID.img` of this ID. */
  readonly pagesId: number
  /** In ascending order. Whether they overlap depends on the page size, which isn't recorded here. */
  readonly runs: readonly PageRun[]
  /** Pages that `pages-ID.img` holds. */
  readonly storedPageCount: number
}

const { PE_PARENT: parentFlag, PE_LAZY: lazyFlag, PE_PRESENT: presentFlag } = pageFlags
const knownFlags = parentFlag | lazyFlag | presentFlag

// 2^52 pages of 4096 bytes fill 64 bits.
const maxPageCount = 2 ** 52

/**
 * `pagemap-PID.img` and `pagemap-shmem-ID.img`
 * @see criu/pagemap.c: `init_compat_pagemap_entry` for images of old CRIU, `skip_pagemap_pages` for places.
 */
export const pageMapImage = imageOf(imageTypes.PAGEMAP, (where) => {
  let pagesId: number | undefined
  const runs: PageRun[] = []
  let lastAddress = -1n
  let storedPageCount = 0
  return {
    add({ message }) {
      if ('pages_id' in message) {
        pagesId = message.pages_id
        return
      }
      const flags = readFlags(message, where)
      const address = message.vaddr
      const pageCount = readPageCount(message, where)
      if (address <= lastAddress) {
        throw new CriuError('BAD_PAGE_MAP', `${where}: 0x${address.toString(16)} is out of order`)
      }
      lastAddress = address
      runs.push(locate(address, pageCount, flags, storedPageCount))
      // Also where the parent's bytes are the ones to be read, a present page takes its place in the file.
      if (flags & presentFlag) storedPageCount += pageCount
    },
    end(): PageMap {
      if (pagesId === undefined) throw new CriuError('BAD_MESSAGE', `${where}: no pagemap_head`)
      if (storedPageCount > maxPageCount) throw tooManyPages(where)
      return { pagesId, runs, storedPageCount }
    },
  }
})

function locate(address: bigint, pageCount: number, flags: number, firstPage: number): PageRun {
  if (flags & parentFlag) return { address, pageCount, where: 'parent' }
  if (flags & presentFlag) return { address, pageCount, where: 'present', firstPage }
  return { address, pageCount, where: flags & lazyFlag ? 'lazy' : 'not-dumped' }
}

type PageMapEntry = Message<typeof pagemap_entry>

function readFlags(entry: PageMapEntry, where: string): number {
  const { flags = entry.in_parent ? 0 : presentFlag } = entry
  // CRIU versions after 4.2 can compress and align pages, and say so in fields and flags of their own.
  if (flags & ~knownFlags || hasUnknownFields(entry)) {
    throw new CriuError('PAGES_UNSUPPORTED', `${where}: memory is stored in a newer format`, {
      hint: 'Make the checkpoint without compression of pages, or use a newer version of this program.',
    })
  }
  return entry.in_parent ? flags | parentFlag : flags
}

function readPageCount({ nr_pages, compat_nr_pages = 0 }: PageMapEntry, where: string): number {
  const count = nr_pages === undefined ? compat_nr_pages : Number(nr_pages)
  if (count > maxPageCount) throw tooManyPages(where)
  return count
}

const tooManyPages = (where: string): CriuError =>
  new CriuError('BAD_PAGE_MAP', `${where}: more pages than an address space has`)
