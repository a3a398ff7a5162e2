import { isDeepStrictEqual } from 'node:util'

/** Something that is on one side alone, or another on each. */
export interface Change<Value> {
  readonly name: string
  readonly a?: Value
  readonly b?: Value
}

/** What differs: in the order of `a`, what only `b` has at the end. */
export function compareKeyed<Value>(
  a: ReadonlyMap<string, Value>,
  b: ReadonlyMap<string, Value>,
  isEqual: (a: Value, b: Value) => boolean = isDeepStrictEqual,
): readonly Change<Value>[] {
  const changes: Change<Value>[] = []
  for (const [name, before] of a) {
    const after = b.get(name)
    if (after === undefined) changes.push({ name, a: before })
    else if (!isEqual(before, after)) changes.push({ name, a: before, b: after })
  }
  for (const [name, after] of b) if (!a.has(name)) changes.push({ name, b: after })
  return changes
}

/** Items by their names; further ones of a name that is taken get a number: `name#2`. */
export function byName<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
): ReadonlyMap<string, Item> {
  const counts = new Map<string, number>()
  return new Map(
    items.map((item) => {
      const name = nameOf(item)
      const count = (counts.get(name) ?? 0) + 1
      counts.set(name, count)
      return [count === 1 ? name : `${name}#${count}`, item] as const
    }),
  )
}
