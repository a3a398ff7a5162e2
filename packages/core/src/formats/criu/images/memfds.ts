import { imageTypes } from '../image-types.ts'
import { imageOf } from '../read-image.ts'

/** A file that exists in memory alone: a memfd, or what stands behind shared anonymous memory. */
export interface Memfd {
  /** Without the kernel's `memfd:` in front. One that begins with `/` is no memfd's: `/dev/zero`. */
  readonly name: string
  readonly sizeBytes: bigint
  /** Its bytes are in `pagemap-shmem-ID.img`. */
  readonly sharedMemoryId: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** F_SEAL_ bits. */
  readonly seals: number
}

/** `memfd.img`: by the number by which files of `files.img` name it. */
export const memfdsImage = imageOf(imageTypes.MEMFD_INODE, () => {
  const memfds = new Map<number, Memfd>()
  return {
    add: ({ message: inode }) => {
      memfds.set(Number(inode.inode_id), {
        name: inode.name,
        sizeBytes: inode.size,
        sharedMemoryId: inode.shmid,
        mode: inode.mode ?? 0o777,
        uid: inode.uid,
        gid: inode.gid,
        seals: inode.seals,
      })
    },
    end: (): ReadonlyMap<number, Memfd> => memfds,
  }
})
