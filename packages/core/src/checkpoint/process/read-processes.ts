import type { ReadOptions } from '../../bytes/index.ts'
import {
  type AddressRange,
  coreImage,
  filesImage,
  type Mm,
  mmImage,
  pstreeImage,
  readImage,
} from '../../formats/criu/index.ts'
import type { Archive } from '../archive/index.ts'
import type { Process } from './process.ts'
import { readAddressSpace } from './read-address-space.ts'
import { readStrings } from './read-strings.ts'
import { sortProcesses } from './sort-processes.ts'

// Linux takes 6 MiB at most for one process's. A crafted archive may point a thousand processes at the same memory.
const maxArgsLength = 16 * 1024 * 1024

/**
 * The container's processes, every parent before its children and siblings in order of PID. Reads the images that
 * describe them, and of the memory only the pages' bytes that hold arguments: one read a process. A list that makes no
 * tree costs no read but its own.
 * @throws {ArchiveError} ENTRY_MISSING
 * @throws {CriuError} every code.
 * @throws {ProcessError} PAGES_MISMATCH; BAD_PROCESS_TREE.
 */
export async function readProcesses(
  archive: Archive,
  options: ReadOptions = {},
): Promise<readonly Process[]> {
  const pstree = archive.image('pstree')
  // Before anything else is read: a crafted list could name the same large images thousands of times.
  const entries = sortProcesses(await readImage(pstreeImage, pstree, options), pstree.label)
  const filesSource = archive.findImage('files')
  const files = filesSource && (await readImage(filesImage, filesSource, options))
  let argsLeft = maxArgsLength
  const readArgs = async (pid: number, range: AddressRange) => {
    const length = range.end - range.start
    if (length === 0n) return []
    if (length < 0n || length > BigInt(argsLeft)) return undefined
    argsLeft -= Number(length)
    return readStrings(await readAddressSpace(archive, pid, options), range, options)
  }
  const processes: Process[] = []
  for (const entry of entries) {
    const { task, thread } = await readImage(coreImage, archive.image(`core-${entry.pid}`), options)
    const mm = await findMm(archive, entry.pid, options)
    const exe = mm && files?.get(mm.exeFileId)
    const args = mm && (await readArgs(entry.pid, mm.args))
    processes.push({
      ...entry,
      comm: task?.comm ?? '',
      state: task?.state ?? 'unknown',
      ...(thread.credentials && { credentials: thread.credentials }),
      ...(exe?.kind === 'path' && { exe: exe.path }),
      ...(args ? { args } : {}),
    })
  }
  return processes
}

/** Zombies have no memory, so no image of it. */
async function findMm(archive: Archive, pid: number, options: ReadOptions): Promise<Mm | undefined> {
  const source = archive.findImage(`mm-${pid}`)
  return source && readImage(mmImage, source, options)
}
