import type { ReadFileResult } from '@kubectl-checkpoint/core/actions'
import { printable } from './printable.ts'
import { bytes } from './units.ts'

/** Which zeros of a printed file stand for something else, for stderr; nothing if none do. */
export function describeGaps({ path, holeBytes, missingBytes }: ReadFileResult): string {
  const holes = holeBytes > 0 ? `note: ${printable(path)} has holes: ${bytes(holeBytes)} of zeros\n` : ''
  const missing =
    missingBytes > 0
      ? `note: the archive lacks ${bytes(missingBytes)} of ${printable(path)}, which are in an earlier checkpoint: zeros stand for them\n`
      : ''
  return holes + missing
}
