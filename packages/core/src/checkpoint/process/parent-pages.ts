import type { AddressSpace, MemoryPiece } from './address-space.ts'

/** An address space in which reads of pages that an earlier dump holds find them there. */
export function withParentPages(own: AddressSpace, parent: AddressSpace): AddressSpace {
  return {
    ...own,
    async read(address, byteLength, options) {
      const pieces: MemoryPiece[] = []
      for (const piece of await own.read(address, byteLength, options)) {
        if (piece.kind !== 'parent') pieces.push(piece)
        else pieces.push(...(await parent.read(piece.address, piece.byteLength, options)))
      }
      return pieces
    },
  }
}
