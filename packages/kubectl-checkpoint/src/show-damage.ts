import type { Unreadable } from '@kubectl-checkpoint/core/documents'
import type { ExitCode } from './exit-codes.ts'
import type { Io } from './io.ts'
import { damagedParts, describeDamage } from './output/damage.ts'
import { proseWidth } from './output/prose-width.ts'

/** An archive that was read, as far as that was possible. */
export interface ReadArchive {
  readonly label: string
  readonly unreadable: readonly Unreadable[]
}

/** Says on stderr what of archives could not be read, and returns the exit code of a command that read all the rest. */
export function showDamage(archives: readonly ReadArchive[], { stderr }: Io): ExitCode {
  for (const { label, unreadable } of archives) {
    stderr.write(describeDamage(label, unreadable, proseWidth(stderr)))
  }
  return archives.some(({ unreadable }) => damagedParts(unreadable).length > 0) ? 3 : 0
}
