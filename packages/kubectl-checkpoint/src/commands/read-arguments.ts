import type { Flag, Flags } from '../flags/flag.ts'
import { helpFlags } from '../flags/help.ts'
import type { GivenFlag } from '../flags/read-words.ts'
import { UsageError } from '../usage-error.ts'
import type { Command, Positionals } from './command.ts'

/**
 * What `command` gets of the words behind its name and of the flags.
 * @param help The user's next step where they don't fit the command.
 * @throws {UsageError}
 */
export function readArguments(
  { name, positionals, flags }: Command,
  words: readonly string[],
  given: ReadonlyMap<string, GivenFlag>,
  help: string,
): Readonly<Record<string, unknown>> {
  for (const [flag, { written }] of given) {
    if (!Object.hasOwn(flags, flag) && !Object.hasOwn(helpFlags, flag)) {
      throw new UsageError(`${name} has no flag ${written}`, help)
    }
  }
  return { ...readPositionals(name, positionals, words, help), ...readFlags(flags, given, help) }
}

function readPositionals(
  command: string,
  positionals: Positionals,
  words: readonly string[],
  help: string,
): Record<string, string | readonly string[]> {
  const waiting = [...words]
  const values: Record<string, string | readonly string[]> = {}
  for (const [name, { required, many }] of Object.entries(positionals)) {
    const taken = waiting.splice(0, many ? waiting.length : 1)
    const [first] = taken
    if (first === undefined && required) throw new UsageError(`name ${withArticle(name)}`, help)
    if (many) values[name] = taken
    else if (first !== undefined) values[name] = first
  }
  if (waiting.length > 0) {
    throw new UsageError(
      `${command} takes ${describeCount(positionals)}; surplus: ${waiting.join(', ')}`,
      help,
    )
  }
  return values
}

function withArticle(name: string): string {
  const one = name.replace(/s$/, '')
  return `${/^[aeiou]/.test(one) ? 'an' : 'a'} ${one}`
}

function describeCount(positionals: Positionals): string {
  const [first, ...others] = Object.keys(positionals)
  if (first === undefined) return 'no arguments'
  return others.length === 0 ? `one ${first}` : `${others.length + 1} arguments`
}

function readFlags(
  flags: Flags,
  given: ReadonlyMap<string, GivenFlag>,
  help: string,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(flags).flatMap(([name, flag]) => {
      const values = given.get(name)?.values
      if (values !== undefined && flag.implies !== undefined && !given.has(flag.implies)) {
        throw new UsageError(`--${name} needs --${flag.implies}`, help)
      }
      const value = chooseValue(flag, values)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

const chooseValue = (flag: Flag, values: GivenFlag['values'] | undefined): unknown =>
  values === undefined ? flag.default : flag.array ? values : values.at(-1)
