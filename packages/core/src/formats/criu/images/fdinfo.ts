import { fdinfo_entry } from '../messages/files.ts'
import type { ImageKind } from '../read-image.ts'

/** A descriptor, and which file of `files.img` it is of. */
export interface Descriptor {
  readonly fd: number
  readonly fileId: number
  readonly closeOnExec: boolean
}

/** `fdinfo-ID.img`: a table of descriptors, which processes may share. */
export const fdinfoImage: ImageKind<readonly Descriptor[]> = {
  magic: 0x56213732,
  parse: (messages, where) =>
    Array.from(messages, (message) => {
      const { fd, id, flags } = fdinfo_entry.parse(message, where)
      return { fd, fileId: id, closeOnExec: (flags & 1) !== 0 }
    }),
}
