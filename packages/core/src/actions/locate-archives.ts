import { posix } from 'node:path'
import { resolveTargets } from '../remote/targets/index.ts'
import { defaultArchiveFolder, isArchiveOf } from './archive-name.ts'
import type { ArchiveReference } from './archive-reference.ts'
import { ActionError } from './errors.ts'
import type { Scope } from './scope.ts'

/** An archive on a node. */
export interface ArchivePlace {
  readonly node: string
  /** Absolute. */
  readonly path: string
}

/**
 * Finds what a reference to archives on nodes means: one for NODE:FILE, the newest of each container for a target.
 * @throws {ActionError} NO_ARCHIVE; what resolving targets and reading nodes throw.
 */
export async function locateArchives(
  { connection, readers, signal, emit }: Scope,
  reference: Exclude<ArchiveReference, { kind: 'local' }>,
  container: string | undefined,
): Promise<ArchivePlace[]> {
  if (reference.kind === 'node') {
    const { node, file, folder = defaultArchiveFolder } = reference
    return [{ node, path: posix.join(folder, file) }]
  }
  const request = { targets: [reference.target], ...(container === undefined ? {} : { container }) }
  const { containers, notices } = await resolveTargets(connection, request, { signal, anyState: true })
  for (const notice of notices) emit({ type: 'notice', notice })
  return Promise.all(
    containers.map(async (target) => {
      const { node, namespace, pod } = target
      const files = await readers.folder(node, defaultArchiveFolder).list(signal)
      const newest = files
        .filter(({ name }) => isArchiveOf(target, name))
        .sort((a, b) => a.mtimeSeconds - b.mtimeSeconds || a.name.localeCompare(b.name))
        .at(-1)
      if (!newest) {
        throw new ActionError(
          'NO_ARCHIVE',
          `${node} has no archive of ${namespace}/${pod}/${target.container}`,
          {
            hint: `Take one with: kubectl checkpoint -n ${namespace} ${pod}/${target.container}`,
          },
        )
      }
      return { node, path: posix.join(defaultArchiveFolder, newest.name) }
    }),
  )
}
