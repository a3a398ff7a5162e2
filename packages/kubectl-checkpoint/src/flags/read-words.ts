import { shellWord } from '../output/shell-word.ts'
import { UsageError } from '../usage-error.ts'
import type { FlagTable } from './flag-table.ts'
import { unknownFlag } from './unknown-flag.ts'

/** A command line, taken apart. */
export interface Words {
  /** The command's name, targets and archives, in order. */
  readonly positionals: readonly string[]
  /** By name. */
  readonly flags: ReadonlyMap<string, GivenFlag>
}

export interface GivenFlag {
  /** As it stands there: `-n`, `--namespace`. */
  readonly written: string
  /** In order; of a boolean `true` or `false`. */
  readonly values: readonly (string | boolean)[]
}

/**
 * Takes `argv` apart as kubectl does: `--flag=value`, `--flag value`, `-f value`, `-f=value`, `-fvalue`, joined letters
 * of booleans, and words alone behind `--`.
 * @param help The user's next step where a flag isn't known.
 * @throws {UsageError} for unknown flags, and values that are missing, empty or not wanted.
 */
export function readWords(argv: readonly string[], table: FlagTable, help: string): Words {
  const positionals: string[] = []
  const flags = new Map<string, GivenFlag>()
  const waiting = [...argv]
  for (let word = waiting.shift(); word !== undefined; word = waiting.shift()) {
    if (word === '--') {
      positionals.push(...waiting.splice(0).map(refuseDashed))
    } else if (word.startsWith('-') && word !== '-') {
      for (const { name, written, value } of parseFlags(word, table, help)) {
        const found = isBoolean(name, table)
          ? parseSwitch(name, written, value, help)
          : demandText(name, written, value ?? takeValue(waiting), help)
        flags.set(name, { written, values: [...(flags.get(name)?.values ?? []), found] })
      }
    } else {
      positionals.push(word)
    }
  }
  return { positionals, flags }
}

interface WrittenFlag {
  readonly name: string
  readonly written: string
  readonly value?: string | undefined
}

const isBoolean = (name: string, { byName }: FlagTable): boolean => byName.get(name)?.type === 'boolean'

function parseFlags(word: string, table: FlagTable, help: string): readonly WrittenFlag[] {
  const [, dashes, name = '', value] = /^(--?)([^=]*)(?:=(.*))?$/s.exec(word) ?? []
  if (dashes === '-') return parseLetters(word, name, value, table, help)
  if (!table.byName.has(name)) throw unknownFlag(`--${name}`, table, help)
  return [{ name, written: `--${name}`, value }]
}

function parseLetters(
  word: string,
  letters: string,
  value: string | undefined,
  table: FlagTable,
  help: string,
): readonly WrittenFlag[] {
  const names = [...letters].map((letter) => table.byLetter.get(letter))
  const [first] = names
  // With one dash, `-namespace` would be the namespace `amespace`.
  if (first === undefined || table.byName.has(letters)) throw unknownFlag(word, table, help)
  const written = word.slice(0, 2)
  if (names.length === 1) return [{ name: first, written, value }]
  if (!isBoolean(first, table)) return [{ name: first, written, value: word.slice(2) }]
  return names.map((name, at) => {
    if (value !== undefined || name === undefined || !isBoolean(name, table)) {
      throw unknownFlag(word, table, help)
    }
    return { name, written: `-${letters[at]}` }
  })
}

function parseSwitch(name: string, written: string, value: string | undefined, help: string): boolean {
  if (value === undefined || value === 'true') return true
  if (value === 'false') return false
  const hint = name === 'fetch' ? `To fetch into a folder, use --to ${shellWord(value)}` : help
  throw new UsageError(`${written} is on or off, not ${JSON.stringify(value)}`, hint)
}

/** The next word, unless it is a flag: then the value was forgotten. */
const takeValue = (waiting: string[]): string | undefined =>
  /^-./.test(waiting[0] ?? '') ? undefined : waiting.shift()

/** Empty values are refused, too: in a script, they are variables that nobody has set. */
function demandText(name: string, written: string, value: string | undefined, help: string): string {
  if (value === undefined) throw new UsageError(`${written} needs a value`, help)
  if (value === '') throw new UsageError(`--${name} has an empty value`)
  return value
}

function refuseDashed(word: string): string {
  if (!word.startsWith('-')) return word
  throw new UsageError(`no pod, type or node is called ${word}`, `For a file of that name, write ./${word}`)
}
