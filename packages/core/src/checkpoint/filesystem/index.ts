export { FilesystemError, type FilesystemErrorCode } from './errors.ts'
export { type FileChunk, type FileContent, type FilePiece, readContent } from './file-content.ts'
export {
  type FileAttributes,
  type FileChange,
  type FileNode,
  type FileOrigin,
  type FileTree,
  type FileType,
  walkFiles,
} from './file-node.ts'
export { readChangedPaths } from './read-changed-paths.ts'
export { readFileTree } from './read-file-tree.ts'
