import { shellWord } from '@kubectl-checkpoint/core/shell-word'
import { otherCommands } from '../commands/other-commands.ts'
import { UsageError } from '../usage-error.ts'
import { suggest } from './suggest.ts'

/** What archives are called; pods rarely are. */
const archiveName = /\.(tar|tgz)(\.(gz|zst))?$/

/**
 * Refuses targets that are a misspelt command before its arguments, or archives, before any cluster is asked for them:
 * what it would say of them leads astray. A single word may well be a pod, whose name is near a command's.
 * @param program How the command is called.
 * @param isFile Whether there is a file of that name here.
 * @throws {UsageError}
 */
export function refuseMistaken(
  targets: readonly string[],
  program: string,
  isFile: (path: string) => boolean,
): void {
  const [first = '', ...others] = targets
  const command =
    others.length > 0 && /^[a-z]+$/i.test(first) ? suggest(first, [...otherCommands]) : undefined
  if (command !== undefined) {
    throw new UsageError(`${first}: did you mean ${command}?`, `If it is a pod, write pod/${first}`)
  }
  // A file without a dot in its name may be called like a pod: a program like what it serves.
  const archive = targets.find((word) => archiveName.test(word) || (word.includes('.') && isFile(word)))
  if (archive === undefined) return
  throw new UsageError(
    `${archive} is a file, not a pod`,
    `To look inside: ${program} inspect ${shellWord(archive)}`,
  )
}
