import { bool, flags, hex, message, optional, required, uint32, uint64 } from '../schema/index.ts'

/** The first message of `pagemap-PID.img` and `pagemap-shmem-ID.img`. */
export const pagemap_head = message('pagemap_head', {
  /** The bytes are in `pages-ID.img`. */
  pages_id: required(1, uint32),
})

export const pageFlags = { PE_PARENT: 1, PE_LAZY: 2, PE_PRESENT: 4 }

/** The others, in order of address. */
export const pagemap_entry = message('pagemap_entry', {
  vaddr: required(1, uint64, hex),
  /** Counts where `nr_pages` is missing. */
  compat_nr_pages: optional(2, uint32),
  /** Before flags existed. */
  in_parent: optional(3, bool),
  flags: optional(4, uint32, flags(pageFlags)),
  nr_pages: optional(5, uint64),
})
