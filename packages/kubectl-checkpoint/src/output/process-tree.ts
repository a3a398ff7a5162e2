/** What the tree needs to know of a process. */
interface Process {
  readonly pid: number
  readonly ppid: number
}

export interface TreeRow<P> {
  readonly process: P
  /** What stands before the process's name: ` \_ ` below its parent, as `ps f` draws it; empty for a root. */
  readonly indent: string
}

/** Deeper than this nothing is indented further: a long chain from a crafted archive would fill the memory. */
const deepestIndent = 50 * '    '.length

/** Parents before their children, siblings by PID; a process whose parent isn't there is a root. */
export function processTree<P extends Process>(processes: readonly P[]): readonly TreeRow<P>[] {
  const byPid = processes.toSorted((a, b) => a.pid - b.pid)
  const pids = new Set(byPid.map(({ pid }) => pid))
  const children = Map.groupBy(byPid, ({ ppid }) => ppid)
  const rows: TreeRow<P>[] = []
  // The next row is the last one here.
  const pending = byPid
    .filter(({ ppid }) => !pids.has(ppid))
    .map((process) => ({ process, indent: '', guides: '' }))
    .reverse()
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { process, indent, guides } = next
    rows.push({ process, indent })
    const below = children.get(process.pid) ?? []
    for (const child of below.toReversed()) {
      const more = child === below.at(-1) ? '    ' : ' |  '
      pending.push({
        process: child,
        indent: `${guides} \\_ `,
        guides: (guides + more).slice(0, deepestIndent),
      })
    }
  }
  return rows
}
