import { UsageError } from '../usage-error.ts'
import { longFlags } from './all-flags.ts'

/**
 * Refuses empty values: in a script, they are variables that nobody has set, and to go on without them isn't meant.
 * @throws {UsageError} naming the flag.
 */
export function refuseEmpty(flags: Readonly<Record<string, unknown>>): void {
  for (const name of longFlags.keys()) {
    if ([flags[name]].flat().includes('')) throw new UsageError(`--${name} has an empty value`)
  }
}
