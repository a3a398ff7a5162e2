import { posix } from 'node:path'
import type { NodeFile, NodeFolder } from '../remote/node-files/index.ts'
import type { TargetContainer } from '../remote/targets/index.ts'
import { archiveOnNode, archivesOf, isArchiveOf } from './archive-name.ts'
import { listSettled } from './archives/list-settled.ts'
import { lookInside, ownerInside } from './archives/look-inside.ts'
import { containerItem } from './container-item.ts'
import { ActionError, beingWritten } from './errors.ts'
import type { Scope } from './scope.ts'

/**
 * The newest archive of a container that is complete: its path on the container's node. Where its name fits another
 * container, too, the archives themselves are asked, in a few reads each.
 * @throws {ActionError} NO_ARCHIVE; ARCHIVE_BEING_WRITTEN if there is no other.
 */
export async function findNewestArchive(
  { readers, clock, signal, archiveFolder }: Pick<Scope, 'readers' | 'clock' | 'signal' | 'archiveFolder'>,
  target: TargetContainer,
): Promise<string> {
  const { node, namespace, pod, container } = target
  const directory = await archiveFolder(node)
  const folder = readers.folder(node, directory)
  const { files, growing } = await listSettled(folder, clock, {
    isWanted: (name) => isArchiveOf(target, name),
    signal,
  })
  const isAmbiguous = namespace.includes('-') || container.includes('-')
  for (const file of archivesOf(target, files)) {
    if (growing.has(file.name)) continue
    const isTheirs = isAmbiguous && (await belongsToAnother(folder, file, target, signal))
    if (!isTheirs) return posix.join(directory, file.name)
  }
  const [unfinished] = growing
  if (unfinished !== undefined) throw beingWritten(archiveOnNode(node, posix.join(directory, unfinished)))
  throw new ActionError('NO_ARCHIVE', `${node} has no archive of ${containerItem(target)}`, {
    hint:
      `If it runs, take one with: kubectl checkpoint -n ${namespace} ${pod}/${container}. What earlier pods of this ` +
      `name left on other nodes is listed by: kubectl checkpoint get -n ${namespace} ${pod}`,
  })
}

/** A damaged archive belongs to whom its name says. */
async function belongsToAnother(
  folder: NodeFolder,
  file: NodeFile,
  target: TargetContainer,
  signal: AbortSignal,
): Promise<boolean> {
  const look = await lookInside(folder, file, signal)
  if (look.kind !== 'opened') return look.kind === 'gone'
  const owner = ownerInside(look, target)
  return owner.namespace !== target.namespace || owner.container !== target.container
}
