import { UsageError } from '../usage-error.ts'
import { captureFlags } from './capture.ts'
import { connectionFlags } from './connection.ts'
import { outputFlags } from './output.ts'
import { readerFlags } from './reader.ts'
import { suggest } from './suggest.ts'

/** What is wrong with the command line in our words, given yargs' `message`. */
export function explainUsage(message: string, program: string): UsageError {
  const help = `See: ${program} --help`
  const [, unknown] = /^Unknown arguments?: ([^,]+)/.exec(message) ?? []
  if (unknown === undefined) return new UsageError(message.replace(/\s+/g, ' '), help)
  const flags = Object.keys({ ...captureFlags, ...readerFlags, ...connectionFlags, ...outputFlags })
  const suggestion = suggest(unknown, flags)
  return new UsageError(
    `unknown flag or argument: ${unknown}`,
    suggestion === undefined ? help : `Did you mean --${suggestion}? ${help}`,
  )
}
