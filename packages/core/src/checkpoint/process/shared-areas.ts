import { firstIndex } from '../../bytes/index.ts'
import type { AddressSpace } from './address-space.ts'

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
 * An address space in which the bytes of shared areas are found in their segments, which the process's own page map
 * doesn't have.
 * @param areas In ascending order and disjoint.
 */
export function withSharedAreas(own: AddressSpace, areas: readonly SharedArea[]): AddressSpace {
  if (areas.length === 0) return own
  return {
    ...own,
    *locate(address, byteLength) {
      const end = address + BigInt(byteLength)
      let from = address
      for (let index = firstIndex(areas, (area) => area.end > address); from < end; index += 1) {
        const area = areas[index]
        if (!area || area.start >= end) {
          yield* own.locate(from, Number(end - from))
          break
        }
        const start = larger(area.start, from)
        const to = smaller(area.end, end)
        if (start > from) yield* own.locate(from, Number(start - from))
        const shift = area.start - area.offset
        for (const place of area.segment.locate(start - shift, Number(to - start))) {
          yield { ...place, address: place.address + shift }
        }
        from = to
      }
    },
  }
}

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)
const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b)
