import { printableJson } from './printable.ts'

/** Indented JSON that a terminal can show: control and invisible characters are `\uXXXX`, which JSON reads back. */
export function json(value: unknown): string {
  return `${printableJson(JSON.stringify(value, undefined, 2))}\n`
}
