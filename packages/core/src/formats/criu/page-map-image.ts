import { isFieldSet } from '@bufbuild/protobuf'
import { CriuError } from './errors.ts'
import { type pagemap_entry, pagemap_entrySchema, pagemap_headSchema } from './gen/images_pb.ts'
import { parseMessage } from './message.ts'
import type { ImageKind } from './read-image.ts'

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

const parentFlag = 1
const lazyFlag = 2
const presentFlag = 4

// 2^52 pages of 4096 bytes fill 64 bits.
const maxPageCount = 2 ** 52

/**
 * `pagemap-PID.img` and `pagemap-shmem-ID.img`
 * @see criu/pagemap.c: `init_compat_pagemap_entry` for images of old CRIU, `skip_pagemap_pages` for places.
 */
export const pageMapImage: ImageKind<PageMap> = {
  magic: 0x56084025,
  parse(messages, where) {
    const remaining = Iterator.from(messages)
    const head = remaining.next().value
    if (!head) throw new CriuError('BAD_MESSAGE', `${where}: no pagemap_head`)
    const { pagesId } = parseMessage(pagemap_headSchema, head, where)
    const runs: PageRun[] = []
    let storedPageCount = 0
    for (const message of remaining) {
      const entry = parseMessage(pagemap_entrySchema, message, where)
      const flags = readFlags(entry, where)
      const address = entry.vaddr
      const pageCount = readPageCount(entry, where)
      const previous = runs.at(-1)
      if (previous && address <= previous.address) {
        throw new CriuError('BAD_PAGE_MAP', `${where}: 0x${address.toString(16)} is out of order`)
      }
      runs.push({ address, pageCount, ...locate(flags, storedPageCount) })
      // Also where the parent's bytes are the ones to be read, a present page takes its place in the file.
      if (flags & presentFlag) storedPageCount += pageCount
    }
    if (storedPageCount > maxPageCount) throw tooManyPages(where)
    return { pagesId, runs, storedPageCount }
  },
}

type Location =
  | { readonly where: 'present'; readonly firstPage: number }
  | { readonly where: 'parent' | 'lazy' | 'not-dumped' }

function locate(flags: number, firstPage: number): Location {
  if (flags & parentFlag) return { where: 'parent' }
  if (flags & presentFlag) return { where: 'present', firstPage }
  return { where: flags & lazyFlag ? 'lazy' : 'not-dumped' }
}

function readFlags(entry: pagemap_entry, where: string): number {
  const known = parentFlag | lazyFlag | presentFlag
  // CRIU versions after 4.2 can compress and align pages, and say so in fields and flags of their own.
  if (entry.$unknown || entry.flags & ~known) {
    throw new CriuError('PAGES_UNSUPPORTED', `${where}: memory is stored in a newer format`, {
      hint: 'Make the checkpoint without compression of pages, or use a newer version of this program.',
    })
  }
  if (entry.inParent) return entry.flags | parentFlag
  return isFieldSet(entry, pagemap_entrySchema.field.flags) ? entry.flags : presentFlag
}

function readPageCount(entry: pagemap_entry, where: string): number {
  const count = isFieldSet(entry, pagemap_entrySchema.field.nrPages)
    ? entry.nrPages
    : BigInt(entry.compatNrPages)
  if (count > BigInt(maxPageCount)) throw tooManyPages(where)
  return Number(count)
}

const tooManyPages = (where: string): CriuError =>
  new CriuError('BAD_PAGE_MAP', `${where}: more pages than an address space has`)
