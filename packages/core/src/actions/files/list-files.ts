import { type FileNode, walkFiles } from '../../checkpoint/filesystem/index.ts'
import type { FileList } from '../../documents/index.ts'
import type { ActionOptions, Context } from '../context.ts'
import { type ActionEvent, coalesceProgress } from '../events.ts'
import { type Run, startRun } from '../run.ts'
import { describeFile } from './describe-file.ts'
import { demandFile, type FilesRequest, type OpenedFiles, openFiles } from './open-files.ts'

export interface ListFilesRequest extends FilesRequest {
  /** A folder, for what is in it, or another file. Default: what is in `/`, and what has no path. */
  readonly path?: string
  /** Also what is in folders within. */
  readonly recursive: boolean
}

/**
 * Lists the files that an archive holds.
 * @throws {ActionError} FILE_NOT_IN_ARCHIVE; what opening an archive throws.
 */
export function listFiles(
  request: ListFilesRequest,
  context: Context,
  options: ActionOptions,
): Run<ActionEvent, FileList> {
  return startRun(async (emit) => {
    await using files = await openFiles(request, context, emit, options)
    const listed = findListed(files, request.path)
    const nodes = request.recursive ? listed.flatMap((node) => [...walkFiles(node)]) : listed
    return {
      apiVersion: 'kubectl-checkpoint/v1',
      kind: 'FileList',
      archive: files.archive.origin.label,
      items: nodes.map(describeFile),
      unreadable: files.tree.unreadable,
    }
  }, coalesceProgress)
}

function findListed(files: OpenedFiles, path: string | undefined): readonly FileNode[] {
  if (path === undefined) {
    return files.tree.roots.flatMap((root) => (root.path === '/' ? root.children : [root]))
  }
  const node = demandFile(files, path)
  return node.type === 'directory' ? node.children : [node]
}
