import type { ValueChange } from '../../documents/index.ts'
import { compareKeyed } from './compare-keyed.ts'

/** Deeper than this, values are compared and shown whole. */
const deepest = 6

/**
 * What differs between two plain values, each property by its path: `net.interfaces.eth0.mtu`. Elements of a list go
 * by their name, key or ID, if they have one; other lists are compared as a whole.
 */
export const compareValues = (a: unknown, b: unknown): readonly ValueChange[] =>
  compareKeyed(new Map(properties(a, '', 0)), new Map(properties(b, '', 0)))

function* properties(value: unknown, path: string, depth: number): Generator<readonly [string, unknown]> {
  const named = depth < deepest ? namedParts(value) : undefined
  if (named === undefined) {
    if (value !== undefined) yield [path, value]
    return
  }
  for (const [name, part] of named) yield* properties(part, path === '' ? name : `${path}.${name}`, depth + 1)
}

function namedParts(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (!Array.isArray(value)) return Object.entries(value)
  const names = value.map(nameOf)
  return names.length > 0 && names.every((name) => name !== undefined) && new Set(names).size === names.length
    ? names.map((name, index) => [name, value[index]] as const)
    : undefined
}

function nameOf(element: unknown): string | undefined {
  if (typeof element !== 'object' || element === null) return undefined
  const { name, destination, type, key } = element as Readonly<Record<string, unknown>>
  const found = [name, destination, type, key].find((value) => typeof value === 'string')
  return found as string | undefined
}
