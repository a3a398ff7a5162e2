import { join } from 'node:path/posix'
import { messageOf } from '../errors.ts'
import type { NodeFile } from '../remote/node-files/index.ts'
import type { TargetContainer } from '../remote/targets/index.ts'
import { archiveOnNode, archivesOf } from './archive-name.ts'
import type { Notice } from './events.ts'
import type { Scope } from './scope.ts'

const patienceMs = 60_000
/** Runtimes write an archive from beginning to end; their pauses, also the one before they begin, are shorter. */
const settledMs = 1000

/**
 * After a checkpoint call that broke off: whether its archive is there all the same. The kubelet may have gone on, or
 * have been done already; an archive that still grows is waited for. Asked although the action may be cancelled,
 * hence with patience of its own.
 * @param began When the call was sent, by the scope's clock.
 */
export async function findAppearedArchive(
  { readers, clock, archiveFolder }: Pick<Scope, 'readers' | 'clock' | 'archiveFolder'>,
  container: TargetContainer,
  began: number,
): Promise<Notice> {
  const { node } = container
  const signal = AbortSignal.timeout(patienceMs)
  const directory = await archiveFolder(node)
  const nameOf = ({ name }: NodeFile): string => archiveOnNode(node, join(directory, name))
  let appeared: NodeFile | undefined
  try {
    const folder = readers.folder(node, directory)
    // The times compared are the node's: its clock and this machine's need not agree.
    const since = (await folder.now(signal)) - (clock.now() - began) / 1000 - 1
    for (let sizeBefore: number | undefined = -1; sizeBefore !== appeared?.size; ) {
      sizeBefore = appeared?.size
      const files = await folder.list(signal)
      appeared = archivesOf(container, files).find(({ mtimeSeconds }) => mtimeSeconds >= since)
      await clock.sleep(settledMs, signal)
    }
    if (!appeared) return { kind: 'no-archive-appeared', node }
  } catch (error) {
    // One that still grew when patience ended is worth more than the reason why it is not known to be whole.
    if (!appeared) return { kind: 'node-not-searched', node, reason: messageOf(error) }
    return { kind: 'archive-growing', archive: nameOf(appeared), size: appeared.size }
  }
  return { kind: 'archive-appeared', archive: nameOf(appeared), size: appeared.size }
}
