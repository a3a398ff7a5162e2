import { posix } from 'node:path'
import { resolveTargets } from '../remote/targets/index.ts'
import { archiveOnNode } from './archive-name.ts'
import type { ClusterReference } from './archive-reference.ts'
import { containerItem } from './container-item.ts'
import { findNewestArchive } from './find-newest-archive.ts'
import type { Scope } from './scope.ts'

/** An archive on a node. */
export interface ArchivePlace {
  readonly node: string
  /** Absolute. */
  readonly path: string
}

/** An archive that was asked for, and how to learn where it is. */
export interface WantedArchive {
  /** `NODE:FILE`, or `namespace/pod/container` for its newest. */
  readonly item: string
  readonly node: string
  /** @throws {ActionError} NO_ARCHIVE; what reading nodes throws. */
  locate(): Promise<ArchivePlace>
}

/**
 * Finds out which archives on nodes a reference means: one for NODE:FILE, the newest of each container for a target.
 * @throws what resolving targets throws.
 */
export async function planArchives(
  scope: Scope,
  reference: ClusterReference,
  container: string | undefined,
): Promise<WantedArchive[]> {
  if (reference.kind === 'node') {
    const { node, file, folder = await scope.archiveFolder(reference.node) } = reference
    const path = posix.join(folder, file)
    return [{ item: archiveOnNode(node, path), node, locate: async () => ({ node, path }) }]
  }
  const request = { targets: [reference.target], ...(container === undefined ? {} : { container }) }
  const { signal, connection, emit } = scope
  const { containers, notices } = await resolveTargets(connection, request, { signal, anyState: true })
  for (const notice of notices) emit({ type: 'notice', notice })
  return containers.map((target) => ({
    item: containerItem(target),
    node: target.node,
    locate: async () => ({ node: target.node, path: await findNewestArchive(scope, target) }),
  }))
}
