import { type UnreadablePart, unlessUnreadable } from '../../checkpoint/archive/index.ts'
import { type FileNode, FilesystemError, walkFiles } from '../../checkpoint/filesystem/index.ts'
import type { FileDocument, FileList } from '../../documents/index.ts'
import type { ActionOptions, Context } from '../context.ts'
import { type ActionEvent, coalesceProgress } from '../events.ts'
import { type Run, startRun } from '../run.ts'
import { contentIncludes } from './content-includes.ts'
import { describeFile } from './describe-file.ts'
import { parseNamePattern } from './name-pattern.ts'
import { demandFile, type FilesRequest, openFiles } from './open-files.ts'

export interface FindFilesRequest extends FilesRequest {
  /** Only what is below it, and it itself. */
  readonly path?: string
  /** A pattern of a shell for the last part of the path: `*.log`. */
  readonly name?: string
  readonly types?: readonly FileDocument['type'][]
  readonly changes?: readonly NonNullable<FileDocument['change']>[]
  readonly size?: { readonly compare: 'more' | 'less' | 'equal'; readonly bytes: number }
  readonly newerThan?: Date
  /** Stands in the content, in UTF-8. */
  readonly contains?: string
}

/**
 * Finds files of an archive by what all of these say. Contents are read only for `contains`, and only of files that
 * the others leave.
 * @throws {ActionError} FILE_NOT_IN_ARCHIVE; what opening an archive throws.
 */
export function findFiles(
  request: FindFilesRequest,
  context: Context,
  options: ActionOptions,
): Run<ActionEvent, FileList> {
  return startRun(async (emit) => {
    await using files = await openFiles(request, context, emit, options)
    const { archive, tree } = files
    const starts = request.path === undefined ? tree.roots : [demandFile(files, request.path)]
    const unreadable = [...tree.unreadable]
    const candidates = starts.flatMap((start) => [...walkFiles(start)]).filter(meets(request))
    const found =
      request.contains === undefined
        ? candidates
        : await filterByContent(candidates, Buffer.from(request.contains), unreadable, options)
    return {
      apiVersion: 'kubectl-checkpoint/v1',
      kind: 'FileList',
      archive: archive.origin.label,
      items: found.map(describeFile),
      unreadable,
    }
  }, coalesceProgress)
}

/** Whether a file is as the request says, as far as its header shows. */
function meets({ name, types, changes, size, newerThan }: FindFilesRequest): (node: FileNode) => boolean {
  const hasName = name === undefined ? () => true : parseNamePattern(name)
  return (node) =>
    // Folders that only lead to others are no part of what the archive holds.
    node.origin !== undefined &&
    hasName(node.name) &&
    (types === undefined || types.includes(node.type)) &&
    (changes === undefined || (node.change !== undefined && changes.includes(node.change))) &&
    (size === undefined || (node.type === 'file' && compare(node.size, size))) &&
    (newerThan === undefined || (node.mtimeSeconds ?? 0) * 1000 > newerThan.getTime())
}

function compare(size: number, { compare, bytes }: NonNullable<FindFilesRequest['size']>): boolean {
  if (compare === 'more') return size > bytes
  return compare === 'less' ? size < bytes : size === bytes
}

/** Those with the text in them, in their order; the others aren't read past it. */
async function filterByContent(
  nodes: readonly FileNode[],
  wanted: Buffer,
  unreadable: UnreadablePart[],
  options: ActionOptions,
): Promise<readonly FileNode[]> {
  const found = new Set<FileNode>()
  for (const node of nodes.toSorted((a, b) => a.position - b.position)) {
    const search = async () => {
      const content = await node.openContent?.(options)
      return content !== undefined && (await contentIncludes(content, wanted, options))
    }
    const report = (part: UnreadablePart) => void unreadable.push(part)
    if (await unlessUnreadable(node.path, report, search, FilesystemError)) found.add(node)
  }
  return nodes.filter((node) => found.has(node))
}
