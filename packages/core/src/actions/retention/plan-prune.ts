import type {
  KeepReason,
  KeptArchive,
  NodeArchive,
  PlannedRemoval,
  RemovalReason,
} from '../../documents/index.ts'
import { byAge, timeOf } from '../archives/archive-age.ts'

/** What archives belong together, of which there may be so many. */
export type PruneGroup = 'container' | 'pod' | 'namespace' | 'node'

/** At least one of the first three is there. */
export interface PrunePolicy {
  /** The newest so many of each group stay, whatever the other two say; without these, all others go. */
  readonly keep?: number
  /** What was taken longer ago goes. */
  readonly olderThanMs?: number
  /** The oldest of each group go until those that are left are not larger together. */
  readonly maxBytes?: number
  readonly per: PruneGroup
}

export interface RemovalPlan {
  /** The oldest first. */
  readonly remove: readonly PlannedRemoval[]
  /** What was chosen to go, and stays all the same. */
  readonly kept: readonly KeptArchive[]
}

/**
 * Decides which archives go. What is pinned, still being written, or nobody knows whose it is never does; it counts
 * towards the size of its group, and what is pinned is among its newest, too.
 * @param now Milliseconds since 1970.
 */
export function planPrune(archives: readonly NodeArchive[], policy: PrunePolicy, now: number): RemovalPlan {
  const groups = Map.groupBy(archives, (archive) => groupOf(archive, policy.per))
  const chosen = [...groups.values()].flatMap((group) => choose(group, policy, now))
  return planRemoval(chosen)
}

export interface ChosenArchive {
  readonly archive: NodeArchive
  readonly because: RemovalReason
}

/** Parts what was chosen into what goes and what stays all the same. */
export function planRemoval(chosen: readonly ChosenArchive[]): RemovalPlan {
  const ordered = [...chosen].sort((a, b) => byAge(a.archive, b.archive))
  return {
    remove: ordered.flatMap(({ archive, because }) =>
      protection(archive, because) === undefined ? { ...archive, because } : [],
    ),
    kept: ordered.flatMap(({ archive, because }) => {
      const reason = protection(archive, because)
      return reason === undefined ? [] : { ...archive, because: reason }
    }),
  }
}

/** Of one group. */
function choose(group: readonly NodeArchive[], policy: PrunePolicy, now: number): ChosenArchive[] {
  const { keep = 0, olderThanMs, maxBytes } = policy
  const oldestFirst = [...group].sort(byAge)
  const newest = new Set(
    oldestFirst.filter(({ state }) => state === 'complete').slice(keep === 0 ? group.length : -keep),
  )
  let total = group.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const judge = (archive: NodeArchive): RemovalReason | undefined => {
    if (newest.has(archive)) return undefined
    if (olderThanMs === undefined && maxBytes === undefined) return 'beyond-count'
    if (olderThanMs !== undefined && timeOf(archive) < now - olderThanMs) return 'too-old'
    return maxBytes !== undefined && total > maxBytes ? 'beyond-size' : undefined
  }
  return oldestFirst.flatMap((archive) => {
    const because = judge(archive)
    if (because === undefined) return []
    if (protection(archive, because) === undefined) total -= archive.sizeBytes
    return { archive, because }
  })
}

/** Why an archive stays although it was chosen. */
function protection({ pin, state, container }: NodeArchive, because: RemovalReason): KeepReason | undefined {
  if (pin) return 'pinned'
  if (state === 'being-written') return state
  if (because === 'named') return undefined
  if (state === 'unreadable') return state
  return container === undefined ? 'unowned' : undefined
}

function groupOf({ node, namespace, pod, container }: NodeArchive, per: PruneGroup): string {
  const owner = [namespace, pod, container]
  const parts = { container: owner, pod: owner.slice(0, 2), namespace: owner.slice(0, 1), node: [node] }[per]
  return JSON.stringify(parts)
}
