import type { ReadOptions } from '../../bytes/index.ts'
import type { ProcessDocument } from '../../documents/index.ts'
import { type PstreeEntry, pstreeImage, readImage } from '../../formats/criu/index.ts'
import { type Archive, type ReportUnreadable, unlessUnreadable } from '../archive/index.ts'
import { ProcessError } from './errors.ts'
import { processReader } from './process-reader.ts'
import { argumentsReader } from './read-arguments.ts'
import { sortProcesses } from './sort-processes.ts'

// Page maps of so many are in memory at a time, until the arguments that they lead to are read at once.
const batchLength = 128

/**
 * The container's processes with all that the archive holds of them, every parent before its children and siblings in
 * order of PID. What is broken is reported, and left out. Of the memory, only pages with arguments and environments are
 * read: one read for each process at most, and fewer where they lie close together.
 */
export async function readProcesses(
  archive: Archive,
  report: ReportUnreadable,
  options: ReadOptions = {},
): Promise<readonly ProcessDocument[]> {
  // Before anything else is read: a crafted list could name the same large images thousands of times.
  const entries = await readTree(archive, report, options)
  if (entries.length === 0) return []
  const readProcess = await processReader(archive, report, options)
  const readArguments = argumentsReader(archive, report, options)
  const processes: ProcessDocument[] = []
  for (let from = 0; from < entries.length; from += batchLength) {
    const batch = await Array.fromAsync(entries.slice(from, from + batchLength), readProcess)
    const read = await readArguments(batch.map(({ arguer }) => arguer))
    processes.push(...batch.map(({ finish }, index) => finish(read[index] ?? {})))
  }
  return processes
}

/** Empty where the list makes no tree, and in dumps of memory alone, made while the container ran on. */
async function readTree(
  archive: Archive,
  report: ReportUnreadable,
  options: ReadOptions,
): Promise<readonly PstreeEntry[]> {
  const isMemoryAlone = !archive.images.some(({ name }) => name === 'pstree' || name.startsWith('core-'))
  if (isMemoryAlone) return []
  const read = async () => {
    const source = archive.image('pstree')
    return sortProcesses(await readImage(pstreeImage, source, options), source.label)
  }
  return (await unlessUnreadable('pstree.img', report, read, ProcessError)) ?? []
}
