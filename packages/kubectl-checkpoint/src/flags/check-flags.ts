import { shellWord } from '@kubectl-checkpoint/core/shell-word'
import { findCommand } from '../commands/other-commands.ts'
import { UsageError } from '../usage-error.ts'
import { longFlags, shortFlags, wordFlags } from './all-flags.ts'
import { unknownFlag } from './unknown-flag.ts'

/**
 * Refuses what yargs would pass over or read otherwise than it was meant: flags that no command has, and values
 * behind flags that are on or off.
 * @throws {UsageError}
 */
export function checkFlags(argv: readonly string[], help: string): void {
  const takesWord = wordFlags[findCommand(argv).command]
  for (const word of argv) {
    if (word === '--') return
    const [, dashes, name = '', value] = /^(--?)([^=]+)(?:=(.*))?$/s.exec(word) ?? []
    if (dashes === undefined) continue
    const flag = (dashes === '--' ? longFlags : shortFlags).get(name)
    if (flag === undefined) throw unknownFlag(`${dashes}${name}`, help)
    if (takesWord?.has(name)) continue
    if (flag.isBoolean && value !== undefined && value !== 'true' && value !== 'false') {
      const hint = name === 'fetch' ? `To fetch into a folder, use --to ${shellWord(value)}` : help
      throw new UsageError(`${dashes}${name} is on or off, not ${JSON.stringify(value)}`, hint)
    }
  }
}
