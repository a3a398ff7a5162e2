import { join } from 'node:path/posix'
import pLimit from 'p-limit'
import { messageOf } from '../../errors.ts'
import type { NodeFile } from '../../remote/node-files/index.ts'
import type { TargetContainer } from '../../remote/targets/index.ts'
import { archiveOnNode, archivesOf } from '../archive-name.ts'
import type { Notice } from '../events.ts'
import type { Scope } from '../scope.ts'

/** After a call that broke off: what is in the node's folder. */
export type FoundOnNode = Extract<
  Notice,
  { kind: 'archive-appeared' | 'archive-growing' | 'no-archive-appeared' | 'node-not-searched' }
>

/** Looks for the archives of checkpoint calls that broke off: the kubelet may have gone on, or have been done already. */
export interface ArchiveSearch {
  /**
   * What there is of this call's archive; one that still grows is waited for. Never fails. Goes on although the action
   * is cancelled, hence with patience of its own.
   * @param began When the call was sent, by the scope's clock.
   */
  find(container: TargetContainer, began: number): Promise<FoundOnNode>
}

const patienceMs = 60_000
/** Runtimes write an archive from beginning to end; their pauses, also the one before they begin, are shorter. */
const settledMs = 1000
/** Each node takes a reader pod. */
const nodesAtATime = 8

/** An archive that is looked for. */
interface Sought {
  readonly container: TargetContainer
  readonly began: number
  /** The last look; absent before the first. */
  look?: { readonly file: NodeFile | undefined }
  patienceEndsAt?: number
  readonly settle: (found: FoundOnNode) => void
}

/** One look at a node's folder serves all that are sought there. */
export function createArchiveSearch({
  readers,
  clock,
  archiveFolder,
}: Pick<Scope, 'readers' | 'clock' | 'archiveFolder'>): ArchiveSearch {
  const limit = pLimit(nodesAtATime)
  const soughtOn = new Map<string, Set<Sought>>()

  const searchNode = async (node: string, sought: Set<Sought>): Promise<void> => {
    let directory = ''
    const nameOf = ({ name }: NodeFile): string => archiveOnNode(node, join(directory, name))
    const settle = (one: Sought, found: FoundOnNode) => {
      sought.delete(one)
      one.settle(found)
    }
    const stillGrowing = (file: NodeFile): FoundOnNode => ({
      kind: 'archive-growing',
      archive: nameOf(file),
      size: file.size,
    })
    const compare = (one: Sought, files: readonly NodeFile[], nodeAheadSeconds: number) => {
      // The times compared are the node's: its clock and this machine's need not agree.
      const since = one.began / 1000 + nodeAheadSeconds - 1
      const file = archivesOf(one.container, files).find(({ mtimeSeconds }) => mtimeSeconds >= since)
      const before = one.look
      one.look = { file }
      one.patienceEndsAt ??= clock.now() + patienceMs
      if (before && before.file?.size === file?.size) {
        if (file) settle(one, { kind: 'archive-appeared', archive: nameOf(file), size: file.size })
        else settle(one, { kind: 'no-archive-appeared', node })
      } else if (file && clock.now() >= one.patienceEndsAt) settle(one, stillGrowing(file))
    }
    try {
      directory = await archiveFolder(node)
      const folder = readers.folder(node, directory)
      while (sought.size > 0) {
        const signal = AbortSignal.timeout(patienceMs)
        const nodeAheadSeconds = (await folder.now(signal)) - clock.now() / 1000
        const files = await folder.list(signal)
        for (const one of sought) compare(one, files, nodeAheadSeconds)
        if (sought.size > 0) await clock.sleep(settledMs)
      }
    } catch (error) {
      const reason = messageOf(error)
      for (const one of sought) {
        // One that was there a moment ago is worth more than the reason why it is not known to be whole.
        const { file } = one.look ?? {}
        settle(one, file ? stillGrowing(file) : { kind: 'node-not-searched', node, reason })
      }
    }
    soughtOn.delete(node)
  }

  return {
    find(container, began) {
      const { node } = container
      const { promise, resolve: settle } = Promise.withResolvers<FoundOnNode>()
      const sought = soughtOn.get(node)
      if (sought) sought.add({ container, began, settle })
      else {
        const first = new Set([{ container, began, settle }])
        soughtOn.set(node, first)
        void limit(() => searchNode(node, first))
      }
      return promise
    },
  }
}
