import type { ReadOptions } from '../../bytes/index.ts'
import type { UnreadablePart } from '../archive/index.ts'
import type { FileContent } from './file-content.ts'

/** `unknown`: of a deleted file, whose name is all that is left. */
export type FileType =
  | 'file'
  | 'directory'
  | 'symlink'
  | 'character-device'
  | 'block-device'
  | 'fifo'
  | 'socket'
  | 'unknown'

/** Which part of the archive a file comes from. */
export type FileOrigin =
  /** What the container changed in the root filesystem of its image. */
  | 'rootfs'
  | 'volume'
  | 'tmpfs'
  /** Podman's `/dev/shm`, and segments of System V's shared memory. */
  | 'shm'
  /** Deleted, but still open or mapped when the checkpoint was made. */
  | 'ghost'
  | 'memfd'

/** What became of a file since its image. */
export type FileChange =
  /** Added or modified: a difference to an image doesn't say which. */
  | 'changed'
  /** Deleted and made anew: nothing of what the image has below this folder is left. */
  | 'replaced'
  | 'deleted'
  /**
   * Nothing but what the engine made to mount something on it, or a folder that leads to nothing else: empty in the
   * difference, whatever the container saw there.
   */
  | 'mount'
  /** Not compared with anything: volumes, tmpfs and memfds are in the archive as they were. */
  | 'present'

/** What an archive says of a file. Absent where it doesn't: of deleted files, of folders that only lead to others. */
export interface FileAttributes {
  readonly type: FileType
  /** Permissions with setuid, setgid and sticky bits. */
  readonly mode?: number
  readonly uid?: number
  readonly gid?: number
  readonly mtimeSeconds?: number
  readonly linkTarget?: string
  readonly device?: { readonly major: number; readonly minor: number }
}

/** One file of the container, in the words of the archive: nothing here is safe for a terminal. */
export interface FileNode extends FileAttributes {
  /** Absolute, as in the container, or the place of what has no path, such as `memfd:NAME`. Unique in its tree. */
  readonly path: string
  /** The last part of the path: no slash, never `.` or `..`. Of `/`, it is empty. */
  readonly name: string
  /** Absent, as is `change`, for folders that only lead to others. */
  readonly origin?: FileOrigin
  readonly change?: FileChange
  /** Bytes of content; of a folder, of everything below it. */
  readonly size: number
  /** Files read in this order are read as they lie in the archive, which compressed parts of it are fast in. */
  readonly position: number
  /** In order of their names. */
  readonly children: readonly FileNode[]
  /** The path of the file whose content this is, too. */
  readonly hardLinkTo?: string
  /** Present where the archive has the content. */
  readonly openContent?: (options?: ReadOptions) => Promise<FileContent>
}

/** All files of a container that its checkpoint holds. */
export interface FileTree {
  /** `/` first, then the places of what has no path, in order of their names. */
  readonly roots: readonly FileNode[]
  readonly unreadable: readonly UnreadablePart[]
  /** Finds a file by its path, which may begin without a slash and have `.` and `..` in it. */
  find(path: string): FileNode | undefined
}

/** A file and everything below it, each folder before what is in it. */
export function* walkFiles(node: FileNode): Generator<FileNode> {
  const waiting = [node]
  // A stack of our own: generators within each other pass each file through all folders above it.
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    yield next
    for (const child of next.children.toReversed()) waiting.push(child)
  }
}
