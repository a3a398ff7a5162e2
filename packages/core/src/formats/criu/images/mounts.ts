import { imageTypes } from '../image-types.ts'
import { imageOfMany } from '../read-image.ts'

/** A mount, where the container sees it. */
export interface Mount {
  readonly id: number
  readonly parentId: number
  /** The number of the file system's device, as the kernel codes it. */
  readonly device: number
  /** What of the file system is mounted. */
  readonly root: string
  readonly mountPoint: string
}

/** `mountpoints-NS.img` */
export const mountsImage = imageOfMany(
  imageTypes.MNTS,
  ({ mnt_id, parent_mnt_id, root_dev, root, mountpoint }): Mount => ({
    id: mnt_id,
    parentId: parent_mnt_id,
    device: root_dev,
    root,
    mountPoint: mountpoint,
  }),
)
