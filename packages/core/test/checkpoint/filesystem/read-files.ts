import type { ByteSource } from '@kubectl-checkpoint/core/bytes'
import { openArchive } from '@kubectl-checkpoint/core/checkpoint/archive'
import {
  type FileNode,
  type FileTree,
  readContent,
  readFileTree,
  walkFiles,
} from '@kubectl-checkpoint/core/checkpoint/filesystem'

export const readTree = async (source: ByteSource): Promise<FileTree> =>
  readFileTree(await openArchive(source))

/** All files, by their paths. */
export const filesOf = (tree: FileTree): ReadonlyMap<string, FileNode> =>
  new Map(tree.roots.flatMap((root) => [...walkFiles(root)]).map((node) => [node.path, node]))

/** The content of a file, its holes as dots. */
export async function textOf(node: FileNode | undefined): Promise<string> {
  if (!node?.openContent) throw new Error(`${node?.path} has no content`)
  const content = await node.openContent()
  const bytes = Buffer.alloc(content.size, '.')
  for await (const chunk of readContent(content)) bytes.set(chunk.bytes, chunk.offset)
  return bytes.toString()
}
