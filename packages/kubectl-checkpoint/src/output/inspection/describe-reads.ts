import type { ArchiveSummary } from '@kubectl-checkpoint/core/documents'
import { bytes, percent } from '../units.ts'

/** How little of a large archive was read, for stderr. */
export function describeReads({ size, bytesRead, reads }: ArchiveSummary): string {
  return `read ${bytes(bytesRead)} of ${bytes(size)} (${percent(bytesRead, size)}) in ${reads} reads\n`
}
