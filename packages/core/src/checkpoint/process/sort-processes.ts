import type { PstreeEntry } from '../../formats/criu/index.ts'
import { ProcessError } from './errors.ts'

/**
 * The processes of a list, every parent before its children and siblings in order of PID. A process whose parent isn't
 * in the list begins a tree of its own.
 * @param where For messages: what the list was read from.
 * @throws {ProcessError} BAD_PROCESS_TREE
 */
export function sortProcesses(entries: readonly PstreeEntry[], where: string): readonly PstreeEntry[] {
  const pids = new Set(entries.map(({ pid }) => pid))
  if (pids.size < entries.length) throw badTree(where, 'a process is listed twice')
  const descending = entries.toSorted((a, b) => b.pid - a.pid)
  const children = Map.groupBy(descending, ({ ppid }) => (pids.has(ppid) ? ppid : undefined))
  const sorted: PstreeEntry[] = []
  // A stack and no recursion: a crafted tree is as deep as it likes. And as wide, so each child is pushed by itself:
  // a call can't take so many arguments.
  const waiting = children.get(undefined) ?? []
  for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
    sorted.push(entry)
    for (const child of children.get(entry.pid) ?? []) waiting.push(child)
  }
  if (sorted.length < entries.length) throw badTree(where, 'a process is its own ancestor')
  return sorted
}

const badTree = (where: string, what: string): ProcessError =>
  new ProcessError('BAD_PROCESS_TREE', `${where}: ${what}`)
