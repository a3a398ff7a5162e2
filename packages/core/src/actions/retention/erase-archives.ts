import type { PlannedRemoval } from '../../documents/index.ts'
import type { Context } from '../context.ts'
import type { ActionEvent } from '../events.ts'
import { openScope } from '../scope.ts'
import { changeEach } from './change-each.ts'
import type { Removals } from './remove-archives.ts'

/** What `removeArchives` does. */
export async function eraseArchives(
  archives: readonly PlannedRemoval[],
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<Removals> {
  await using scope = await openScope(context, emit, signal, 'delete')
  const outcomes = await changeEach(scope, archives, 'deleting', async (folder, fileName, archive) => {
    const { sizeBytes: size, modifiedAt, inode } = archive
    const mtimeSeconds = Date.parse(modifiedAt) / 1000
    await folder.remove(fileName, { size, mtimeSeconds, inode }, signal)
    return archive
  })
  return {
    removed: outcomes.flatMap((outcome) => ('because' in outcome ? outcome : [])),
    failures: outcomes.flatMap((outcome) => ('error' in outcome ? outcome : [])),
  }
}
