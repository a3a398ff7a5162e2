import yargs, { type Argv } from 'yargs'
import type { AddCommand, Work } from './commands/add-command.ts'
import { addCreateCommand } from './commands/create.ts'
import { addFetchCommand } from './commands/fetch.ts'
import { addInspectCommand } from './commands/inspect.ts'
import { addVersionCommand } from './commands/version.ts'
import { exitCodeOf } from './exit-codes.ts'
import { explainUsage } from './flags/explain-usage.ts'
import { takeLast } from './flags/take-last.ts'
import type { Io } from './io.ts'
import { describeError } from './output/error.ts'
import { proseWidth } from './output/prose-width.ts'
import { programName } from './program-name.ts'

// Missing from the types of yargs.
declare module 'yargs' {
  interface Argv<T> {
    usageConfiguration(configuration: { readonly 'hide-types': boolean }): Argv<T>
  }
}

const commands: readonly AddCommand[] = [
  addCreateCommand,
  addFetchCommand,
  addInspectCommand,
  addVersionCommand,
]

/** Runs one command line, given without the program's name, and returns its exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    const parsed = await parse(argv, io)
    if ('work' in parsed) return await parsed.work(io)
    io.stdout.write(`${parsed.help}\n`)
    return 0
  } catch (error) {
    io.stderr.write(describeError(error, proseWidth(io.stderr)))
    return exitCodeOf(error)
  }
}

/** @throws {UsageError} */
async function parse(
  argv: readonly string[],
  io: Io,
): Promise<{ readonly work: Work } | { readonly help: string }> {
  let work: Work | undefined
  let help = ''
  const parser = buildParser(io, async (found) => {
    work = found
  })
  // Like kubectl, help is the answer to no words at all.
  await parser.parseAsync(argv.length === 0 ? ['--help'] : argv, {}, (_error, _parsed, output) => {
    help = output
  })
  return work ? { work } : { help }
}

function buildParser(io: Io, start: (work: Work) => Promise<void>): Argv {
  const name = programName(io.program)
  const parser = yargs([])
    .scriptName(name)
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .usageConfiguration({ 'hide-types': true })
    .detectLocale(false)
    .strict()
    .middleware(takeLast, true)
    .wrap(Math.min(100, io.stdout.columns ?? 80))
    .version(false)
    .help('help', 'Show help')
    .alias('help', 'h')
    .exitProcess(false)
    .fail((message: string | null, error: Error) => {
      throw explainUsage(message ?? error.message, name)
    })
  for (const add of commands) add(parser, start)
  return parser
}
