import type { ReadOptions } from '../../bytes/index.ts'
import type { ProcessDocument, ThreadDocument } from '../../documents/index.ts'
import {
  type Cgroups,
  type Core,
  cgroupsImage,
  coreImage,
  fileLocksImage,
  fileSystemImage,
  type Mm,
  mmImage,
  objectIdsImage,
  type PstreeEntry,
} from '../../formats/criu/index.ts'
import type { Archive, ReportUnreadable } from '../archive/index.ts'
import { describeCredentials } from './describe-credentials.ts'
import { describeLock } from './describe-lock.ts'
import { describeTask } from './describe-task.ts'
import { describeThread, type ReadThread } from './describe-thread.ts'
import { descriptorReader } from './descriptor-reader.ts'
import { type FileTables, readFileTables } from './file-tables.ts'
import { memoryReader } from './memory-reader.ts'
import type { Arguments } from './parse-arguments.ts'
import type { Arguer } from './read-arguments.ts'
import { type PartReader, partReader } from './read-part.ts'
import { type SeccompFilters, seccompReader } from './seccomp-reader.ts'
import { showPathOf } from './show-path.ts'

/** A process of which all is known but its arguments and environment. */
export interface UnfinishedProcess {
  /** Where those are in its memory; absent if that can't be read. */
  readonly arguer?: Arguer
  finish(read: Arguments): ProcessDocument
}

/**
 * A function that reads what the archive holds of one process: its images, and nothing of its memory. What is broken
 * is reported, and left out.
 */
export async function processReader(
  archive: Archive,
  report: ReportUnreadable,
  options: ReadOptions,
): Promise<(entry: PstreeEntry) => Promise<UnfinishedProcess>> {
  const parts = partReader(archive, report, options)
  const tables = await readFileTables(archive, parts)
  const cgroups = await parts.find('cgroup', cgroupsImage)
  const locks = Map.groupBy((await parts.find('filelocks', fileLocksImage)) ?? [], ({ pid }) => pid)
  const readFilters = seccompReader(parts, report)
  const withFilters = async (core: Core | undefined): Promise<ReadThread | undefined> =>
    core && { thread: core.thread, filters: await readFilters(core.thread) }
  const readDescriptors = descriptorReader(tables, parts, report)
  const readMemory = memoryReader(archive, tables, report, options)
  return async (entry) => {
    const { pid } = entry
    const core = await parts.demand(`core-${pid}`, coreImage)
    const head = describeEntry(entry, core)
    // Zombies have neither memory nor descriptors, and what CRIU writes as their threads is arbitrary.
    const isZombie = head.state === 'zombie'
    const first = await withFilters(core)
    const threads: ThreadDocument[] = []
    for (const tid of isZombie ? [pid] : entry.threads) {
      const thread = tid === pid ? first : await withFilters(await parts.demand(`core-${tid}`, coreImage))
      threads.push(thread ? describeThread(tid, thread, first) : { tid })
    }
    const rest = { ...(core && describeCore(core, first?.filters, cgroups)), threads }
    if (isZombie) return { finish: () => ({ ...head, ...rest }) }
    const ids = await parts.demand(`ids-${pid}`, objectIdsImage)
    const descriptors = ids && (await readDescriptors(ids.files))
    const ownLocks = locks.get(pid)
    const mm = await parts.demand(`mm-${pid}`, mmImage)
    const exe = mm && describeExe(mm, tables)
    const place = await readPlace(pid, parts, tables)
    const { memory, space } = mm ? await readMemory(pid, mm) : {}
    return {
      ...(mm && space && { arguer: { pid, mm, space } }),
      finish: (read) => ({
        ...head,
        ...exe,
        ...read,
        ...place,
        ...rest,
        ...descriptors,
        ...(ownLocks && { locks: ownLocks.map(describeLock) }),
        ...(memory && { memory }),
      }),
    }
  }
}

type Head = Pick<ProcessDocument, 'pid' | 'ppid' | 'pgid' | 'sid' | 'comm' | 'state'>

const describeEntry = ({ pid, ppid, processGroup, session }: PstreeEntry, core: Core | undefined): Head => ({
  pid,
  ppid,
  pgid: processGroup,
  sid: session,
  comm: core?.task?.comm ?? '',
  state: core?.task?.state ?? 'unknown',
})

function describeCore(
  { architecture, task, thread }: Core,
  filters: SeccompFilters | undefined,
  cgroups: Cgroups | undefined,
) {
  // CRIU writes down what is on. Zombies have none of it any more.
  const seccomp = thread.seccompMode ?? task?.seccompMode ?? (thread.credentials && 'disabled')
  const cgroup = findCgroup(cgroups, thread.cgroupSet ?? task?.cgroupSet)
  return {
    architecture,
    ...(thread.credentials && describeCredentials(thread.credentials)),
    ...(seccomp && { seccomp }),
    ...(filters && { seccompFilters: filters.list }),
    ...(cgroup !== undefined && { cgroup }),
    ...(task && describeTask(task)),
  }
}

/** The path in cgroup v2, or, if that is the root, of the first controller of v1 where it isn't. */
function findCgroup(cgroups: Cgroups | undefined, set: number | undefined): string | undefined {
  const places = (set === undefined ? undefined : cgroups?.sets.get(set)) ?? []
  const deep = places.filter(({ path }) => path !== '/')
  return (deep.find(({ controllers }) => controllers === '') ?? deep[0] ?? places[0])?.path
}

function describeExe({ exeFileId }: Mm, tables: FileTables) {
  const name = showPathOf(exeFileId, tables)
  return name && { exe: name.path, ...(name.deleted && { exeDeleted: true }) }
}

async function readPlace(pid: number, parts: PartReader, tables: FileTables) {
  const place = await parts.demand(`fs-${pid}`, fileSystemImage)
  if (!place) return undefined
  const cwd = showPathOf(place.workingDirectoryId, tables)
  const root = showPathOf(place.rootId, tables)
  return {
    ...(cwd && { cwd: cwd.deleted ? `${cwd.path} (deleted)` : cwd.path }),
    ...(root && { root: root.path }),
    ...(place.umask !== undefined && { umask: place.umask.toString(8).padStart(4, '0') }),
  }
}
