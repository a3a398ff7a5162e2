import yargs, { type Argv } from 'yargs'
import { allCommands, defaultCommand } from './all-commands.ts'
import type { Command } from './command.ts'
import { describeExamples } from './examples.ts'
import type { HelpTopic } from './help-topic.ts'

// Missing from the types of yargs.
declare module 'yargs' {
  interface Argv<T> {
    usageConfiguration(configuration: { readonly 'hide-types': boolean }): Argv<T>
  }
}

/**
 * The text of `--help`, by yargs, which does nothing else here: to load it and to have it parse a command line takes
 * longer than to look into an archive.
 * @param program How the user calls this program.
 */
export async function layOutHelp(topic: HelpTopic, program: string, width: number): Promise<string> {
  switch (topic.kind) {
    case 'all': {
      const others = allCommands.filter((command) => command !== defaultCommand)
      const parser = addDefault(startParser(program, width), defaultCommand, [usageOf(defaultCommand)])
      return withExamples(await textOf(list(parser, others)), defaultCommand, program)
    }
    case 'command': {
      const { command } = topic
      const parser = addDefault(startParser(`${program} ${command.name}`, width), command, [])
      return withExamples(await textOf(parser), command, program)
    }
    case 'verbs':
      return `${await textOf(list(startParser(program, width).usage(`$0 ${topic.word}`), topic.verbs))}\n`
  }
}

const startParser = (name: string, width: number): Argv =>
  yargs([])
    .scriptName(name)
    .usageConfiguration({ 'hide-types': true })
    .detectLocale(false)
    .wrap(width)
    .version(false)
    .help('help', 'Show help')
    .alias('help', 'h')
    .exitProcess(false)

const usageOf = ({ name, positionals }: Command): string =>
  [name, ...usageOfPositionals(positionals)].join(' ')

const usageOfPositionals = (positionals: Command['positionals']): string[] =>
  Object.entries(positionals).map(([name, { required, many }]) => {
    const shown = many ? `${name}..` : name
    return required ? `<${shown}>` : `[${shown}]`
  })

/** `command` with all its flags, as what the program does without the name of a command. */
const addDefault = (parser: Argv, command: Command, names: readonly string[]): Argv =>
  parser.command(
    names.length > 0 ? [...names, '$0'] : ['$0', ...usageOfPositionals(command.positionals)].join(' '),
    command.describe,
    (described) => {
      for (const [name, { describe, many }] of Object.entries(command.positionals)) {
        described.positional(name, { type: 'string', describe, ...(many && { array: true }) })
      }
      return described.options(command.flags)
    },
  )

const list = (parser: Argv, commands: readonly Command[]): Argv =>
  commands.reduce((listing, command) => listing.command(usageOf(command), command.describe), parser)

const textOf = async (parser: Argv): Promise<string> => {
  let text = ''
  await parser.parseAsync(['--help'], {}, (_error, _parsed, output) => {
    text = output
  })
  return text
}

const withExamples = (help: string, { examples }: Command, program: string): string =>
  `${help}\n${describeExamples(examples, program)}`
