import { imageTypes } from '../image-types.ts'
import { imageOfOne } from '../read-image.ts'

/** Where a task is in the file system. The IDs are of files in `files.img`. */
export interface TaskFileSystem {
  readonly workingDirectoryId: number
  readonly rootId: number
  readonly umask?: number
}

/** `fs-PID.img` */
export const fileSystemImage = imageOfOne(
  imageTypes.FS,
  ({ cwd_id, root_id, umask }): TaskFileSystem => ({
    workingDirectoryId: cwd_id,
    rootId: root_id,
    ...(umask !== undefined && { umask }),
  }),
)
