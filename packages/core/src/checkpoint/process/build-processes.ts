import type { Core, PstreeEntry } from '../../formats/criu/index.ts'
import { ProcessError } from './errors.ts'
import type { Process } from './process.ts'

/** What the images of one process say. */
export interface ProcessImages {
  readonly entry: PstreeEntry
  readonly core: Core
  readonly exe?: string | undefined
  readonly args?: readonly string[] | undefined
}

/**
 * The container's processes, every parent before its children and siblings in order of PID. A process whose parent
 * isn't in the container begins a tree of its own.
 * @param where For messages: what the processes were read from.
 * @throws {ProcessError} BAD_PROCESS_TREE
 */
export function buildProcesses(images: readonly ProcessImages[], where: string): readonly Process[] {
  const byPid = new Map(images.map((image) => [image.entry.pid, image]))
  if (byPid.size < images.length) throw badTree(where, 'a process is listed twice')
  const sorted = images.toSorted((a, b) => a.entry.pid - b.entry.pid)
  const children = Map.groupBy(sorted, ({ entry }) => (byPid.has(entry.ppid) ? entry.ppid : undefined))
  const processes: Process[] = []
  // A stack and no recursion: a crafted tree is as deep as it likes.
  const waiting = (children.get(undefined) ?? []).toReversed()
  for (let image = waiting.pop(); image; image = waiting.pop()) {
    const own = children.get(image.entry.pid) ?? []
    processes.push(buildProcess(image, own))
    waiting.push(...own.toReversed())
  }
  if (processes.length < images.length) throw badTree(where, 'a process is its own ancestor')
  return processes
}

function buildProcess(
  { entry, core, exe, args }: ProcessImages,
  children: readonly ProcessImages[],
): Process {
  return {
    pid: entry.pid,
    ppid: entry.ppid,
    children: children.map((child) => child.entry.pid),
    threads: entry.threads,
    comm: core.comm,
    state: core.state,
    exitCode: core.exitCode,
    architecture: core.architecture,
    ...(core.credentials ? { credentials: core.credentials } : {}),
    ...(exe === undefined ? {} : { exe }),
    ...(args === undefined ? {} : { args }),
  }
}

const badTree = (where: string, what: string): ProcessError =>
  new ProcessError('BAD_PROCESS_TREE', `${where}: ${what}`)
