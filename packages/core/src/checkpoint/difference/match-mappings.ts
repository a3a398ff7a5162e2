import type { MappingDocument } from '../../documents/index.ts'
import { byName } from './compare-keyed.ts'

type NamedMappings = ReadonlyMap<string, MappingDocument>

/**
 * The mappings of two processes by names that are the same for what is the same. Where both have most at the same
 * addresses, that is the address. For what the kernel placed anew, as in another replica all, it is what they show, and
 * of those that show the same, the how-manieth it is.
 */
export function nameMappings(
  a: readonly MappingDocument[],
  b: readonly MappingDocument[],
): readonly [a: NamedMappings, b: NamedMappings] {
  const [placedA, placedB] = haveSameLayout(a, b)
    ? [byName(a, placeOf), byName(b, placeOf)]
    : [new Map(), new Map()]
  const nameAll = (
    mappings: readonly MappingDocument[],
    own: NamedMappings,
    others: NamedMappings,
  ): NamedMappings => {
    const common = new Map([...own].filter(([name]) => others.has(name)))
    const placed = new Set(common.values())
    const moved = mappings.filter((mapping) => !placed.has(mapping))
    return new Map([...common, ...byName(moved, contentOf)])
  }
  return [nameAll(a, placedA, placedB), nameAll(b, placedB, placedA)]
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
