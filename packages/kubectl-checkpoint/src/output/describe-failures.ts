import type { ItemFailure } from '@kubectl-checkpoint/core/actions'
import { describeError } from './error.ts'
import { printable } from './printable.ts'
import { wrap } from './wrap.ts'

/** So many are read one by one; of more, those that call for the same step are told together. */
const readable = 8
/** Of the items that failed like the one whose error is shown. */
const namedItems = 10

/** What goes to stderr for items that failed. */
export function describeFailures(failures: readonly ItemFailure[], width: number): string {
  if (failures.length <= readable) return failures.map(({ error }) => describeError(error, width)).join('')
  const alike = Map.groupBy(failures, ({ error: { code, hint, fix } }) => JSON.stringify([code, hint, fix]))
  return [...alike.values()].map((group) => describeGroup(group, width)).join('')
}

function describeGroup([first, ...others]: readonly ItemFailure[], width: number): string {
  if (first === undefined) return ''
  const named = others.slice(0, namedItems).map(({ item }) => item)
  const unnamed = others.length - named.length
  const names = `${named.join(', ')}${unnamed > 0 ? ` and ${unnamed} more, which -o json lists` : ''}`
  return [
    describeError(first.error, width),
    ...(others.length > 0
      ? [`${wrap(printable(`The same for ${others.length} more: ${names}`), width)}\n`]
      : []),
  ].join('')
}
