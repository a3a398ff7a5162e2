import { longFlags, shortFlags } from './all-flags.ts'
import { unknownFlag } from './unknown-flag.ts'

/**
 * `argv` with the values that kubectl lets stand right behind a letter, as in `-nshop`, in words of their own, and
 * with joined letters (`-Ah`) apart. yargs would take a letter for a flag wherever it stands, the `h` in `-nshop` for
 * a cry for help.
 * @throws {UsageError} for letters that aren't flags, and for long flags with one dash.
 */
export function splitShortFlags(argv: readonly string[], help: string): string[] {
  const end = argv.indexOf('--')
  const words = end === -1 ? argv : argv.slice(0, end)
  return [...words.flatMap((word) => split(word, help)), ...argv.slice(words.length)]
}

function split(word: string, help: string): string[] {
  const [, name = '', value] = /^-([^-=][^=]*)(=.*)?$/s.exec(word) ?? []
  if (name === '') return [word]
  const [letter = '', ...rest] = name
  const first = shortFlags.get(letter)
  // With one dash, `-namespace` would be the namespace `amespace`.
  if (first === undefined || longFlags.has(name)) throw unknownFlag(word, help)
  if (rest.length === 0) return [word]
  if (!first.isBoolean) return [`-${letter}`, word.slice(2)]
  if (value !== undefined || rest.some((other) => !shortFlags.get(other)?.isBoolean))
    throw unknownFlag(word, help)
  return [...name].map((each) => `-${each}`)
}
