import type { ProcessDifference, ProcessDocument } from '../../documents/index.ts'

export interface ProcessMatch {
  readonly a: ProcessDocument
  readonly b: ProcessDocument
  readonly by: NonNullable<ProcessDifference['matchedBy']>
}

export interface MatchedProcesses {
  readonly matches: readonly ProcessMatch[]
  readonly onlyInA: readonly ProcessDocument[]
  readonly onlyInB: readonly ProcessDocument[]
}

/**
 * Which processes of two checkpoints are the same. In one container, a PID with the same program or parent is; archives
 * don't say when a process started. For the others, and between two containers, the place in the tree counts: below
 * matched parents, what is most alike goes together. At last those that moved in the tree go by their program and
 * arguments. Each list must have parents before their children.
 */
export function matchProcesses(
  a: readonly ProcessDocument[],
  b: readonly ProcessDocument[],
  sameContainer: boolean,
): MatchedProcesses {
  const matcher = new Matcher(a, b)
  if (sameContainer) matcher.matchByPid()
  matcher.matchByPlace()
  matcher.matchByProgram()
  return matcher.result()
}

/** What makes siblings alike, the surest first. */
const likenesses: readonly ((process: ProcessDocument) => string)[] = [
  ({ exe = '', args = [] }) => JSON.stringify([exe, ...args]),
  ({ exe = '', comm }) => JSON.stringify([exe, comm]),
  ({ exe, comm }) => exe ?? comm,
]

class Matcher {
  readonly #a: readonly ProcessDocument[]
  readonly #b: readonly ProcessDocument[]
  readonly #matches = new Map<ProcessDocument, ProcessMatch>()
  readonly #taken = new Set<ProcessDocument>()

  constructor(a: readonly ProcessDocument[], b: readonly ProcessDocument[]) {
    this.#a = a
    this.#b = b
  }

  matchByPid(): void {
    const byPid = new Map(this.#b.map((process) => [process.pid, process]))
    for (const process of this.#a) {
      const other = byPid.get(process.pid)
      if (other && (other.exe === process.exe || other.ppid === process.ppid))
        this.#match(process, other, 'pid')
    }
  }

  /** From the roots down, since `a` has parents before their children. */
  matchByPlace(): void {
    const [childrenOfA, childrenOfB] = [childrenByParent(this.#a), childrenByParent(this.#b)]
    const [rootsOfA, rootsOfB] = [childrenOfA.get(undefined) ?? [], childrenOfB.get(undefined) ?? []]
    this.#matchSiblings(rootsOfA, rootsOfB)
    // The first process is the container's own, whatever it runs by now.
    const [first, other] = [rootsOfA[0], rootsOfB[0]]
    if (first && other && this.#isFree(first, other)) this.#match(first, other, 'place')
    for (const parent of this.#a) {
      const match = this.#matches.get(parent)
      if (match) this.#matchSiblings(childrenOfA.get(match.a.pid) ?? [], childrenOfB.get(match.b.pid) ?? [])
    }
  }

  matchByProgram(): void {
    const [likeness] = likenesses
    if (likeness) this.#matchAlike(this.#a, this.#b, likeness, 'program')
  }

  result(): MatchedProcesses {
    return {
      matches: this.#a.flatMap((process) => this.#matches.get(process) ?? []),
      onlyInA: this.#a.filter((process) => !this.#matches.has(process)),
      onlyInB: this.#b.filter((process) => !this.#taken.has(process)),
    }
  }

  #matchSiblings(a: readonly ProcessDocument[], b: readonly ProcessDocument[]): void {
    for (const likeness of likenesses) this.#matchAlike(a, b, likeness, 'place')
  }

  #matchAlike(
    a: readonly ProcessDocument[],
    b: readonly ProcessDocument[],
    likeness: (process: ProcessDocument) => string,
    by: ProcessMatch['by'],
  ): void {
    const waiting = Map.groupBy(b.filter((process) => !this.#taken.has(process)).toReversed(), likeness)
    for (const process of a) {
      if (this.#matches.has(process)) continue
      const other = waiting.get(likeness(process))?.pop()
      if (other) this.#match(process, other, by)
    }
  }

  #match(a: ProcessDocument, b: ProcessDocument, by: ProcessMatch['by']): void {
    this.#matches.set(a, { a, b, by })
    this.#taken.add(b)
  }

  #isFree(a: ProcessDocument, b: ProcessDocument): boolean {
    return !this.#matches.has(a) && !this.#taken.has(b)
  }
}

/** Roots, whose parents aren't in the list, stand under `undefined`. */
function childrenByParent(
  processes: readonly ProcessDocument[],
): ReadonlyMap<number | undefined, readonly ProcessDocument[]> {
  const pids = new Set(processes.map(({ pid }) => pid))
  return Map.groupBy(processes, ({ ppid }) => (pids.has(ppid) ? ppid : undefined))
}
