import yargs, { type Argv } from 'yargs'
import type { AddCommand, Work } from './commands/add-command.ts'
import { addBuildCommand } from './commands/build.ts'
import { addCreateCommand } from './commands/create.ts'
import { addDeleteCommand } from './commands/delete.ts'
import { addDiffCommand } from './commands/diff.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { describeExamples, type Example } from './commands/examples.ts'
import { addFetchCommand } from './commands/fetch.ts'
import { addFilesCommand } from './commands/files.ts'
import { addGetCommand } from './commands/get.ts'
import { addInspectCommand } from './commands/inspect.ts'
import { addKeepCommand } from './commands/keep.ts'
import { addMigrateCommand } from './commands/migrate.ts'
import { findCommand } from './commands/other-commands.ts'
import { addPruneCommand } from './commands/prune.ts'
import { addPullCommand } from './commands/pull.ts'
import { addPushCommand } from './commands/push.ts'
import { addRbacCommand } from './commands/rbac.ts'
import { addRestoreCommand } from './commands/restore.ts'
import { addUnkeepCommand } from './commands/unkeep.ts'
import { addVersionCommand } from './commands/version.ts'
import { addWhyCommand } from './commands/why.ts'
import { exitCodeOf } from './exit-codes.ts'
import { checkFlags } from './flags/check-flags.ts'
import { dropDoubleDash } from './flags/drop-double-dash.ts'
import { explainUsage } from './flags/explain-usage.ts'
import { refuseEmpty } from './flags/refuse-empty.ts'
import { splitShortFlags } from './flags/split-short-flags.ts'
import { takeLast } from './flags/take-last.ts'
import type { Io } from './io.ts'
import { describeError } from './output/error.ts'
import { proseWidth } from './output/prose-width.ts'
import { terminalSize } from './output/terminal-size.ts'
import { programName } from './program-name.ts'

// Missing from the types of yargs.
declare module 'yargs' {
  interface Argv<T> {
    usageConfiguration(configuration: { readonly 'hide-types': boolean }): Argv<T>
  }
}

const commands: readonly AddCommand[] = [
  addCreateCommand,
  addGetCommand,
  addFetchCommand,
  addFilesCommand,
  addInspectCommand,
  addDiffCommand,
  addBuildCommand,
  addPushCommand,
  addPullCommand,
  addRestoreCommand,
  addMigrateCommand,
  addDoctorCommand,
  addWhyCommand,
  addRbacCommand,
  addDeleteCommand,
  addPruneCommand,
  addKeepCommand,
  addUnkeepCommand,
  addVersionCommand,
]

/** Runs one command line, given without the program's name, and returns its exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    const parsed = await parse(argv, io)
    if ('work' in parsed) return await parsed.work(io)
    io.stdout.write(parsed.help)
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
  const name = programName(io.program)
  const { command, verb } = findCommand(argv)
  const topic = [name, ...(command === 'create' ? [] : [command]), ...(verb === undefined ? [] : [verb])]
  const seeHelp = `See: ${topic.join(' ')} --help`
  const split = splitShortFlags(withoutShortcuts(argv), seeHelp)
  checkFlags(split, seeHelp)
  const words = dropDoubleDash(split)
  const parser = buildParser(io).fail((message: string | null, error: Error) => {
    throw message === null ? error : explainUsage(message, words, command, seeHelp)
  })
  let help = ''
  let examples: readonly Example[] = []
  for (const add of commands) {
    add(
      parser,
      (work) => {
        throw new Understood(work)
      },
      (found) => {
        examples = found
      },
    )
  }
  try {
    await parser.parseAsync(words, {}, (_error, _parsed, output) => {
      help = output
    })
  } catch (thrown) {
    if (thrown instanceof Understood) return { work: thrown.work }
    throw thrown
  }
  return { help: `${help}\n${describeExamples(examples, name)}` }
}

/** Thrown to leave yargs, which would lay out its help next, and that takes as long as all it has done. */
class Understood {
  readonly work: Work

  constructor(work: Work) {
    this.work = work
  }
}

/** Like kubectl, help is the answer to no words at all; `--version` is what most programs call that command. */
function withoutShortcuts(argv: readonly string[]): readonly string[] {
  const [first, ...others] = argv
  if (first === undefined) return ['--help']
  return first === '--version' ? ['version', ...others] : argv
}

function buildParser(io: Io): Argv {
  return yargs([])
    .scriptName(programName(io.program))
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
    .middleware([takeLast, refuseEmpty], true)
    .wrap(Math.min(100, terminalSize(io.stdout).width ?? 80))
    .version(false)
    .help('help', 'Show help')
    .alias('help', 'h')
    .exitProcess(false)
}
