import type { TargetContainer } from '../remote/targets/index.ts'
import { defaultArchiveFolder, isArchiveOf } from './archive-name.ts'
import type { Notice } from './events.ts'
import type { Scope } from './scope.ts'

const patienceMs = 60_000

/**
 * After a checkpoint call that broke off: whether its archive is there all the same. The kubelet may have gone on, or
 * have been done already. Asked although the action may be cancelled, hence with patience of its own.
 * @param began When the call was sent, by the scope's clock.
 */
export async function findAppearedArchive(
  { readers, clock }: Pick<Scope, 'readers' | 'clock'>,
  container: TargetContainer,
  began: number,
): Promise<Notice> {
  const { node } = container
  const signal = AbortSignal.timeout(patienceMs)
  try {
    const folder = readers.folder(node, defaultArchiveFolder)
    const files = await folder.list(signal)
    // Both times are the node's: its clock and this machine's need not agree.
    const now = await folder.now(signal)
    const since = now - (clock.now() - began) / 1000 - 1
    const appeared = files
      .filter(({ name, mtimeSeconds }) => isArchiveOf(container, name) && mtimeSeconds >= since)
      .sort((a, b) => a.mtimeSeconds - b.mtimeSeconds)
      .at(-1)
    if (!appeared) return { kind: 'no-archive-appeared', node }
    return { kind: 'archive-appeared', archive: `${node}:${appeared.name}`, size: appeared.size }
  } catch (error) {
    return { kind: 'node-not-searched', node, reason: error instanceof Error ? error.message : String(error) }
  }
}
