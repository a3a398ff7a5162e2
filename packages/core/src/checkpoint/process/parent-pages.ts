import type { AddressSpace } from './address-space.ts'

/** An address space in which pages that an earlier dump holds are found there. */
export function withParentPages(own: AddressSpace, parent: AddressSpace): AddressSpace {
  return {
    ...own,
    *locate(address, byteLength) {
      for (const place of own.locate(address, byteLength)) {
        if (place.kind !== 'parent') yield place
        else yield* parent.locate(place.address, place.byteLength)
      }
    },
  }
}
