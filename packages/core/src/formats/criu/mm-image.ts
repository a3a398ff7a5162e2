import { mm_entrySchema } from './gen/images_pb.ts'
import { parseOnlyMessage } from './message.ts'
import type { ImageKind } from './read-image.ts'

/** Addresses `[start, end)` of a process. */
export interface AddressRange {
  readonly start: bigint
  readonly end: bigint
}

/** What a process's address space holds where. */
export interface Mm {
  /** Argument strings, each ended by a NUL, as the process has left them. */
  readonly args: AddressRange
  /** The executable's id in `files.img`. */
  readonly exeFileId: number
}

/** `mm-PID.img` */
export const mmImage: ImageKind<Mm> = {
  magic: 0x57492820,
  parse(messages, where) {
    const mm = parseOnlyMessage(mm_entrySchema, messages, where)
    return {
      args: { start: mm.mmArgStart, end: mm.mmArgEnd },
      exeFileId: mm.exeFileId,
    }
  },
}
