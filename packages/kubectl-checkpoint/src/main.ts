import { parseCommandLine } from './commands/parse-command-line.ts'
import { exitCodeOf } from './exit-codes.ts'
import type { Io } from './io.ts'
import { describeError } from './output/error.ts'
import { proseWidth } from './output/prose-width.ts'
import { programName } from './program-name.ts'

/** Runs one command line, given without the program's name, and returns its exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    const program = programName(io.program)
    const asked = parseCommandLine(argv, program)
    if (asked.kind === 'run') return await asked.command.run(asked.args, io)
    const { layOutHelp } = await import('./commands/lay-out-help.ts')
    io.stdout.write(await layOutHelp(asked.topic, program, Math.min(100, io.stdout.columns ?? 80)))
    return 0
  } catch (error) {
    io.stderr.write(describeError(error, proseWidth(io.stderr)))
    return exitCodeOf(error)
  }
}
