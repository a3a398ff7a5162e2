import { basename, dirname } from 'node:path/posix'
import pLimit from 'p-limit'
import { CheckpointError } from '../../errors.ts'
import type { WritableNodeFolder } from '../../remote/node-files/index.ts'
import { type ItemFailure, reportFailure } from '../item-failure.ts'
import type { ArchivePlace } from '../plan-archives.ts'
import type { Scope } from '../scope.ts'

/** Writer pods at a time. */
const foldersAtOnce = 16

export interface ChangingArchive extends ArchivePlace {
  /** As every command takes it. */
  readonly archive: string
}

/**
 * Changes archives on their nodes, one after the other in each folder, through one pod. One that fails keeps no other
 * from its change, unless the reason is the pod's.
 */
export async function changeEach<Archive extends ChangingArchive, Done>(
  scope: Scope,
  archives: readonly Archive[],
  phase: 'deleting' | 'pinning',
  change: (folder: WritableNodeFolder, fileName: string, archive: Archive) => Promise<Done>,
): Promise<readonly (Done | ItemFailure)[]> {
  const { readers, signal, emit } = scope
  const limit = pLimit(foldersAtOnce)
  const changeFolder = async (group: readonly Archive[], { node, path }: ArchivePlace) => {
    await using folder = readers.openWritableFolder(node, dirname(path))
    const outcomes: (Done | ItemFailure)[] = []
    let broken: unknown
    for (const archive of group) {
      const item = archive.archive
      try {
        if (broken) throw broken
        signal.throwIfAborted()
        emit({ type: 'phase', item, phase })
        outcomes.push(await change(folder, basename(archive.path), archive))
        emit({ type: 'phase', item, phase: 'done' })
      } catch (error) {
        if (!isOfOneFile(error)) broken = error
        outcomes.push(reportFailure(scope, item, error))
      }
    }
    return outcomes
  }
  const folders = Map.groupBy(archives, ({ node, path }) => `${node}:${dirname(path)}`)
  const outcomes = await Promise.all(
    [...folders.values()].map((group) =>
      limit(async () => (group[0] ? await changeFolder(group, group[0]) : [])),
    ),
  )
  return outcomes.flat()
}

const isOfOneFile = (error: unknown): boolean =>
  error instanceof CheckpointError && /^(NODE_FILE_|CHANGED$|PIN_)/.test(error.code)
