import { basename, dirname } from 'node:path/posix'
import type { ClusterReference } from './archive-reference.ts'
import type { Context } from './context.ts'
import { ActionError } from './errors.ts'
import type { OpenArchiveOptions, OpenedPlace } from './open-archive-reference.ts'
import { planArchives } from './plan-archives.ts'
import { openScope } from './scope.ts'

/**
 * The one archive on a node that a reference means. Disposing of `resources` removes its reader pod.
 * @throws {ActionError} NO_ARCHIVE; SEVERAL_ARCHIVES; what connecting and reading nodes throw.
 */
export async function openNodeArchive(
  reference: ClusterReference,
  context: Context,
  { container, emit, signal }: OpenArchiveOptions,
  resources: AsyncDisposableStack,
): Promise<OpenedPlace> {
  const scope = resources.use(await openScope(context, emit, signal, 'fetch'))
  const [wanted, another] = await planArchives(scope, reference, container)
  if (!wanted || another) {
    const name = reference.kind === 'target' ? reference.target : reference.file
    throw new ActionError('SEVERAL_ARCHIVES', `${name} names the archives of several containers`, {
      hint: 'Name one: POD/CONTAINER, or NODE:FILE.',
    })
  }
  const { node, path } = await wanted.locate()
  const source = await scope.readers.folder(node, dirname(path)).open(basename(path), signal)
  return { source, identity: JSON.stringify([node, path, source.identity]) }
}
