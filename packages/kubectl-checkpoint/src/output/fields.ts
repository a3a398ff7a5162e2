import { printable } from './printable.ts'
import { shorten, truncate } from './table.ts'

/** A name and what is to be said of it, on a line for each value. */
export type Field = readonly [name: string, ...values: readonly (string | number | undefined)[]]

/** Of a value, as much as a page holds. */
const longestValue = 4096

/**
 * `Name:   value` a line, values below each other. What has no value is left out. Lines are cut to `width`, but values
 * may be of any length without it.
 */
export function fields(list: readonly Field[], width?: number): string {
  const known = list
    .map(([name, ...values]) => ({ name, values: values.filter((value) => value !== undefined) }))
    .filter(({ values }) => values.length > 0)
  const indent = known.reduce((widest, { name }) => Math.max(widest, name.length), 0) + ':   '.length
  return known
    .flatMap(({ name, values }) =>
      values.map((value, index) => (index === 0 ? `${name}:` : '').padEnd(indent) + text(value)),
    )
    .map((line) => `${truncate(line, width)}\n`)
    .join('')
}

const text = (value: string | number | undefined): string => printable(shorten(`${value}`, longestValue))
