import { imageTypes } from '../image-types.ts'
import { imageOfMany } from '../read-image.ts'

/** A descriptor, and which file of `files.img` it is of. */
export interface Descriptor {
  readonly fd: number
  readonly fileId: number
  readonly closeOnExec: boolean
}

/** FD_CLOEXEC */
const closeOnExecFlag = 1

/** `fdinfo-ID.img`, ID being `files` in `ObjectIds`: processes may share a table of descriptors. */
export const descriptorsImage = imageOfMany(
  imageTypes.FDINFO,
  ({ fd, id, flags }): Descriptor => ({ fd, fileId: id, closeOnExec: (flags & closeOnExecFlag) !== 0 }),
)
