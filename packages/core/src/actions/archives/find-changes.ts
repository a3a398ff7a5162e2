import { isDeepStrictEqual } from 'node:util'
import type { ArchiveChange, NodeArchive } from '../../documents/index.ts'

/** What became of the archives of one place, in the order of `after`; what is gone comes last. */
export function findChanges(before: readonly NodeArchive[], after: readonly NodeArchive[]): ArchiveChange[] {
  const earlier = new Map(before.map((archive) => [archive.archive, archive]))
  const changes = after.flatMap((archive): ArchiveChange[] => {
    const known = earlier.get(archive.archive)
    earlier.delete(archive.archive)
    if (!known) return [{ type: 'ADDED', archive }]
    return isDeepStrictEqual(known, archive) ? [] : [{ type: 'MODIFIED', archive }]
  })
  return [...changes, ...Array.from(earlier.values(), (archive) => ({ type: 'DELETED' as const, archive }))]
}
