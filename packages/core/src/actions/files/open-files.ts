import { type FileNode, type FileTree, readFileTree } from '../../checkpoint/filesystem/index.ts'
import { quote } from '../../quote.ts'
import type { ActionOptions, Context } from '../context.ts'
import { ActionError } from '../errors.ts'
import type { ActionEvent } from '../events.ts'
import { type OpenedArchive, openArchiveReference } from '../open-archive-reference.ts'

export interface FilesRequest {
  /** A local path, `NODE:FILE`, a target for its newest archive … */
  readonly archive: string
  readonly container?: string
  /** Leaves what was decompressed in the cache. */
  readonly keepSpool?: boolean
}

/** An archive and the tree of its files; whoever opens it disposes of the archive. */
export interface OpenedFiles {
  readonly archive: OpenedArchive
  readonly tree: FileTree
}

/** Opens what `request` names. @throws what `openArchiveReference` throws. */
export async function openFiles(
  { archive: reference, ...which }: FilesRequest,
  context: Context,
  emit: (event: ActionEvent) => void,
  { signal }: ActionOptions,
): Promise<OpenedFiles & AsyncDisposable> {
  await using resources = new AsyncDisposableStack()
  const archive = resources.use(await openArchiveReference(reference, context, { signal, emit, ...which }))
  const tree = await readFileTree(archive, { signal })
  const kept = resources.move()
  return { archive, tree, [Symbol.asyncDispose]: () => kept.disposeAsync() }
}

/** @throws {ActionError} FILE_NOT_IN_ARCHIVE */
export function demandFile({ archive, tree }: OpenedFiles, path: string): FileNode {
  const found = tree.find(path)
  if (found) return found
  throw new ActionError('FILE_NOT_IN_ARCHIVE', `${archive.origin.label} has no ${quote(path)}`, {
    hint: 'A checkpoint holds what changed since the image, volumes and memory: see `files ls -R ARCHIVE`.',
  })
}
