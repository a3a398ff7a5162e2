interface Change<Value> {
  readonly name: string
  readonly a?: Value | undefined
  readonly b?: Value | undefined
}

/**
 * A line for each change: `- fd 3: /tmp/old`, `~ uid: 0 → 33`.
 * @param describe What to say of something that is on one side alone.
 * @param describeBoth What to say of what changed; by default both in the same words.
 */
export function changeLines<Value>(
  kind: string,
  changes: readonly Change<Value>[],
  describe: (value: Value) => string,
  describeBoth: (a: Value, b: Value) => string = (a, b) => `${describe(a)} → ${describe(b)}`,
): readonly string[] {
  return changes.map(({ name, a, b }) => {
    const title = [kind, name].filter((part) => part !== '').join(' ')
    if (a !== undefined && b !== undefined) return `~ ${title}: ${describeBoth(a, b)}`
    if (b !== undefined) return `+ ${title}: ${describe(b)}`
    return a === undefined ? `~ ${title}` : `- ${title}: ${describe(a)}`
  })
}

/** Which properties changed, and how: `position 4096 → 8192`. */
export function changedProperties(a: object, b: object): string {
  const [before, after] = [new Map(Object.entries(a)), new Map(Object.entries(b))]
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((name) => ({ name, from: valueText(before.get(name)), to: valueText(after.get(name)) }))
    .filter(({ from, to }) => from !== to)
    .map(({ name, from, to }) => `${name} ${from} → ${to}`)
    .join(', ')
}

/** Which elements were added and removed, if that tells it all: `-CAP_KILL +CAP_NET_RAW`; else both values. */
export function changedValue(a: unknown, b: unknown): string {
  const [removed, added] = Array.isArray(a) && Array.isArray(b) ? [without(a, b), without(b, a)] : [[], []]
  const changes = [
    ...removed.map((part) => `-${valueText(part)}`),
    ...added.map((part) => `+${valueText(part)}`),
  ]
  return changes.length > 0 ? changes.join(' ') : `${valueText(a)} → ${valueText(b)}`
}

const without = (list: readonly unknown[], others: readonly unknown[]): readonly unknown[] =>
  list.filter((part) => typeof part !== 'object' && !others.includes(part))

/** Words for any value: lists with spaces, nothing as `-`. */
export function valueText(value: unknown): string {
  if (value === undefined || value === '') return '-'
  if (typeof value === 'string') return value
  return Array.isArray(value) && value.every((part) => typeof part !== 'object')
    ? value.join(' ') || '-'
    : JSON.stringify(value)
}
