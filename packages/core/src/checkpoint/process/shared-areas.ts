import type { AddressSpace, MemoryPiece } from './address-space.ts'
import { firstIndex } from './first-index.ts'

/** A part `[start, end)` of an address space that shows memory which others show, too. */
export interface SharedArea {
  readonly start: bigint
  readonly end: bigint
  /** Its bytes, from 0 on. */
  readonly segment: AddressSpace
  /** What of the segment stands at `start`. */
  readonly offset: bigint
}

/**
 * An address space in which reads of shared areas find the bytes of their segments, which the process's own page map
 * doesn't have.
 * @param areas In ascending order and disjoint.
 */
export function withSharedAreas(own: AddressSpace, areas: readonly SharedArea[]): AddressSpace {
  if (areas.length === 0) return own
  return {
    ...own,
    async read(address, byteLength, options) {
      const end = address + BigInt(byteLength)
      const pieces: MemoryPiece[] = []
      let from = address
      for (let index = firstIndex(areas, (area) => area.end > address); from < end; index += 1) {
        const area = areas[index]
        if (!area || area.start >= end) {
          pieces.push(...(await own.read(from, Number(end - from), options)))
          break
        }
        const start = larger(area.start, from)
        const to = smaller(area.end, end)
        if (start > from) pieces.push(...(await own.read(from, Number(start - from), options)))
        const shift = area.start - area.offset
        const shared = await area.segment.read(start - shift, Number(to - start), options)
        for (const piece of shared) pieces.push({ ...piece, address: piece.address + shift })
        from = to
      }
      return pieces
    },
  }
}

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)
const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b)
