import { printable } from './printable.ts'

export interface Block {
  readonly title: string
  readonly details: readonly (readonly [name: string, value: string])[]
}

/** What a table would show, for terminals that are too narrow for its rows: a title, and a line for each detail. */
export function blocks(list: readonly Block[]): string {
  return list
    .flatMap(({ title, details }) => [
      title,
      ...details.map(([name, value]) => `  ${`${name.toLowerCase()}:`.padEnd(nameWidth)}${value}`),
    ])
    .map((line) => `${printable(line)}\n`)
    .join('')
}

/** That of `local file: `, the longest. */
const nameWidth = 12
