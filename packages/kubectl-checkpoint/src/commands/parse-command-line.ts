import { buildFlagTable } from '../flags/flag-table.ts'
import { helpFlags } from '../flags/help.ts'
import { readWords } from '../flags/read-words.ts'
import { UsageError } from '../usage-error.ts'
import { allCommands, defaultCommand } from './all-commands.ts'
import type { Command } from './command.ts'
import type { HelpTopic } from './help-topic.ts'
import { readArguments } from './read-arguments.ts'

/** What a command line asks for. */
export type CommandLine =
  | { readonly kind: 'help'; readonly topic: HelpTopic }
  | { readonly kind: 'run'; readonly command: Command; readonly args: Readonly<Record<string, unknown>> }

/**
 * Finds out which command `argv` is for, and what it says to it.
 * @param program How the user calls this program.
 * @throws {UsageError}
 */
export function parseCommandLine(argv: readonly string[], program: string): CommandLine {
  const table = buildFlagTable([...allCommands.map(({ flags }) => flags), helpFlags])
  const words = readWords(withoutShortcuts(argv), table, seeHelp(program, argv))
  const [first = ''] = words.positionals
  const named = findNamed(words.positionals)
  const verbs = allCommands.filter(({ name }) => name.startsWith(`${first} `))
  const asksForHelp = words.flags.get('help')?.values.at(-1) === true
  if (named === undefined && verbs.length > 0) {
    if (asksForHelp) return { kind: 'help', topic: { kind: 'verbs', word: first, verbs } }
    const names = verbs.map(({ name }) => name.slice(first.length + 1))
    throw new UsageError(
      `${first} is one of several commands: ${names.join(', ')}`,
      seeHelp(program, [first]),
    )
  }
  if (asksForHelp)
    return { kind: 'help', topic: named ? { kind: 'command', command: named } : { kind: 'all' } }
  const command = named ?? defaultCommand
  const given = words.positionals.slice(named?.name.split(' ').length ?? 0)
  const help = seeHelp(program, command.name.split(' '))
  return { kind: 'run', command, args: readArguments(command, given, words.flags, help) }
}

/** Like kubectl, help is the answer to no words at all; `--version` is what most programs call that command. */
function withoutShortcuts(argv: readonly string[]): readonly string[] {
  const [first, ...others] = argv
  if (first === undefined) return ['--help']
  return first === '--version' ? ['version', ...others] : argv
}

/** The command whose name `positionals` begin with, the longest if there are several. */
function findNamed(positionals: readonly string[]): Command | undefined {
  return allCommands
    .filter(({ name }) => name.split(' ').every((word, at) => positionals[at] === word))
    .toSorted((a, b) => b.name.length - a.name.length)
    .at(0)
}

/** The user's next step, when it may not be known yet which command was meant. */
function seeHelp(program: string, words: readonly string[]): string {
  const known = words.find((word) => allCommands.some(({ name }) => name.split(' ', 1)[0] === word))
  return `See: ${[program, ...(known === undefined || known === defaultCommand.name ? [] : [known])].join(' ')} --help`
}
