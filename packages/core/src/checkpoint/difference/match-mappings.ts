import type { MappingDocument } from '../../documents/index.ts'
import { byName } from './compare-keyed.ts'

/**
 * The mappings of two processes by names that are the same for what is the same. Where both have most at the same
 * addresses, that is the address. Where the kernel placed them anew, as in another replica, it is what they show, and
 * of those that show the same, the how-manieth it is.
 */
export function nameMappings(
  a: readonly MappingDocument[],
  b: readonly MappingDocument[],
): readonly [a: ReadonlyMap<string, MappingDocument>, b: ReadonlyMap<string, MappingDocument>] {
  const nameOf = haveSameLayout(a, b) ? placeOf : contentOf
  return [byName(a, nameOf), byName(b, nameOf)]
}

function haveSameLayout(a: readonly MappingDocument[], b: readonly MappingDocument[]): boolean {
  const starts = new Set(a.map(({ start }) => start))
  const common = b.filter(({ start }) => starts.has(start)).length
  return common * 2 >= Math.min(a.length, b.length)
}

/** The heap and the stack are the same ones when they have grown, to whichever side. */
const placeOf = ({ start, path }: MappingDocument): string => (path?.startsWith('[') ? path : start)

function contentOf({ start, end, path, permissions, offset }: MappingDocument): string {
  if (path?.startsWith('[')) return path
  if (path !== undefined) return [path, permissions, offset].filter((part) => part !== undefined).join(' ')
  return `anonymous ${permissions} 0x${(BigInt(end) - BigInt(start)).toString(16)}`
}
