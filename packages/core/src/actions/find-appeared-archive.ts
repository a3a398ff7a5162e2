import type { TargetContainer } from '../remote/targets/index.ts'
import { defaultArchiveFolder, isArchiveOf } from './archive-name.ts'
import type { Notice } from './events.ts'
import type { Scope } from './scope.ts'

const patienceMs = 60_000
/** Runtimes write an archive from beginning to end; their pauses are shorter than this. */
const settledMs = 1000

/**
 * After a checkpoint call that broke off: whether its archive is there all the same. The kubelet may have gone on, or
 * have been done already; an archive that still grows is waited for. Asked although the action may be cancelled,
 * hence with patience of its own.
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
    // The times compared are the node's: its clock and this machine's need not agree.
    const since = (await folder.now(signal)) - (clock.now() - began) / 1000 - 1
    const findNewest = async () =>
      (await folder.list(signal))
        .filter(({ name, mtimeSeconds }) => isArchiveOf(container, name) && mtimeSeconds >= since)
        .sort((a, b) => a.mtimeSeconds - b.mtimeSeconds)
        .at(-1)
    let appeared = await findNewest()
    for (let sizeBefore = -1; appeared && appeared.size !== sizeBefore; appeared = await findNewest()) {
      sizeBefore = appeared.size
      await clock.sleep(settledMs, signal)
    }
    if (!appeared) return { kind: 'no-archive-appeared', node }
    return { kind: 'archive-appeared', archive: `${node}:${appeared.name}`, size: appeared.size }
  } catch (error) {
    return { kind: 'node-not-searched', node, reason: error instanceof Error ? error.message : String(error) }
  }
}
