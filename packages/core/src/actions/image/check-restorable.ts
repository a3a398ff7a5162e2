import { dirname, join, normalize } from 'node:path/posix'
import type { ReadOptions } from '../../bytes/index.ts'
import type { Archive, ArchiveEntry } from '../../checkpoint/archive/index.ts'
import { openMemory } from '../../checkpoint/process/index.ts'
import { type CheckpointFacts, imageArchitecture } from '../../formats/oci/index.ts'
import { quote } from '../../quote.ts'
import { ActionError } from '../errors.ts'
import type { OpenedArchive } from '../open-archive-reference.ts'
import { describeCheckpoint, readMachines } from './read-checkpoint-facts.ts'

/**
 * Looks for what would make an image of the archive one that no engine can restore, and says what it is of.
 * @throws {ActionError} NOT_RESTORABLE @throws what reading images throws, such as PAGES_MISMATCH: a node would wait for
 * ever for a container whose memory is incomplete.
 */
export async function checkRestorable(
  archive: Archive & Pick<OpenedArchive, 'isUnpacked'>,
  options: ReadOptions,
): Promise<CheckpointFacts> {
  const { label } = archive.source
  if (archive.kind !== 'checkpoint' || !archive.container) {
    throw notRestorable(label, 'no engine has described the container in it', takeWhole)
  }
  if (archive.isUnpacked) throw notRestorable(label, 'it is a folder that somebody unpacked', takeWhole)
  checkNames(archive)
  const machines = await readMachines(archive, options)
  const [machine] = machines
  if (machine === undefined || machines.size > 1 || imageArchitecture(machine) === undefined) {
    const found =
      machines.size === 0 ? 'it has no images of threads' : `threads of ${[...machines].join(', ')}`
    throw notRestorable(label, found, takeWhole)
  }
  await archive.prefetchImages(isPageMap, options)
  for (const { name } of archive.images) if (isPageMap(name)) await openMemory(archive, name, options)
  return { ...describeCheckpoint(archive.container, archive.engine), machine }
}

const takeWhole = 'Make an image of an archive as an engine wrote it: whole, and with its config.dump.'

const isPageMap = (name: string): boolean => /^pagemap-(?:shmem-)?\d+$/.test(name)

/** A layer is unpacked on a node, by programs with all rights there. */
function checkNames({ entries, source }: Archive): void {
  const hostile = entries.entries.find(
    (entry) => !isPlain(entry) || leaves(entry.name) || isWhiteout(entry.name),
  )
  if (!hostile) return
  throw notRestorable(
    source.label,
    `it holds ${quote(hostile.name)}, which no engine writes, and which may be meant to harm the node`,
    'Look at it with: kubectl checkpoint inspect',
  )
}

/**
 * Engines put files and folders in, and CRIU a link to an earlier dump beside. Others would be there for what follows
 * them, or for who opens them.
 */
function isPlain({ name, type, linkName = '' }: ArchiveEntry): boolean {
  if (type !== 'symlink') return type === 'file' || type === 'directory'
  return !linkName.startsWith('/') && !leaves(normalize(join(dirname(name), linkName)))
}

const leaves = (path: string): boolean => path.startsWith('/') || path.split('/').includes('..')

/** In a layer, such a name removes what is below. @see image-spec, layer.md */
const isWhiteout = (path: string): boolean => path.split('/').some((part) => part.startsWith('.wh.'))

const notRestorable = (label: string, reason: string, hint: string): ActionError =>
  new ActionError('NOT_RESTORABLE', `${label} cannot become an image: ${reason}`, { hint })
