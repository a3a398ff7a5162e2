import type { NodeArchive } from '../documents/index.ts'
import { containerItem } from './container-item.ts'
import type { ActionEvent } from './events.ts'

/**
 * Of archives, oldest first, those to bring: all, or the newest of each container. What is still being written isn't
 * brought, and `emit` is told of it.
 */
export function selectArchives(
  archives: readonly NodeArchive[],
  all: boolean,
  emit: (event: ActionEvent) => void,
): NodeArchive[] {
  const complete = archives.filter(({ state, archive, sizeBytes }) => {
    if (state !== 'being-written') return true
    const notice = { kind: 'archive-growing', archive, size: sizeBytes } as const
    emit({ type: 'notice', item: archive, notice })
    return false
  })
  if (all) return complete
  return [...new Map(complete.map((archive) => [ownerOf(archive), archive])).values()]
}

/** An archive that says of nobody that it is theirs is the newest of its own. */
const ownerOf = ({ namespace, pod, container, archive }: NodeArchive): string =>
  namespace === undefined || pod === undefined || container === undefined
    ? archive
    : containerItem({ namespace, pod, container })
