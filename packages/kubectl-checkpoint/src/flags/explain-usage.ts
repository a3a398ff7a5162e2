import { UsageError } from '../usage-error.ts'

/** What is wrong with `argv` in our words, given yargs' `message`; `command` is the one that it's for. */
export function explainUsage(
  message: string,
  argv: readonly string[],
  command: string,
  help: string,
): UsageError {
  return new UsageError(reword(message, argv, command), help)
}

function reword(message: string, argv: readonly string[], command: string): string {
  const [, unknown] = /^Unknown arguments?: (.*)/s.exec(message) ?? []
  if (unknown !== undefined) return rewordUnknown(unknown, argv, command)
  const [, needing, needed] = /(\S+) -> (\S+)/.exec(message) ?? []
  if (needing !== undefined) return `--${needing} needs --${needed}`
  const [, flag] = /^Not enough arguments following: (.+)/.exec(message) ?? []
  if (flag !== undefined) return `${flag.length === 1 ? '-' : '--'}${flag} needs a value`
  if (message.startsWith('Not enough non-option arguments')) {
    if (command === 'diff') return 'name two archives'
    if (command === 'push') return 'name an archive, and a place in a registry for it'
    if (command === 'restore' || command === 'pull') return 'name an image, as oci://REGISTRY/REPOSITORY:TAG'
    return argv.includes('cat') ? 'name an archive and a file in it' : 'name an archive'
  }
  const [, missing] = /^Missing required argument: (\S+)$/.exec(message) ?? []
  if (missing !== undefined) return `${command} needs --${missing}`
  return message.replace(/\s+/g, ' ')
}

/** For how many words there is a place. */
const places: Readonly<Record<string, string>> = {
  diff: 'two archives',
  pull: 'one image',
  push: 'an archive and a place in a registry',
  restore: 'one image',
}

/** A flag of another command, or words for which there is no place. */
function rewordUnknown(unknown: string, argv: readonly string[], command: string): string {
  const [name = ''] = unknown.split(', ', 1)
  const flag = argv
    .map((word) => word.split('=', 1).join())
    .find((word) => /^--?/.test(word) && word.replace(/^--?/, '') === name)
  if (flag !== undefined) return `${command} has no flag ${flag}`
  if (command === 'files') return rewordFiles(unknown, argv)
  return `${command} takes ${places[command] ?? 'no arguments'}; surplus: ${unknown}`
}

function rewordFiles(unknown: string, argv: readonly string[]): string {
  const [verb = ''] = argv.slice(argv.indexOf('files') + 1)
  if (!['ls', 'cat', 'find', 'extract'].includes(verb)) {
    return `files has no command ${verb}; there are ls, cat, find and extract`
  }
  return `files ${verb} takes an archive and a path; surplus: ${unknown}`
}
