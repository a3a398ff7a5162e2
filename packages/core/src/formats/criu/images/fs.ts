import { fs_entry } from '../messages/process.ts'
import type { ImageKind } from '../read-image.ts'
import { parseOnlyMessage } from './only-message.ts'

/** Where a process stands in the file system. The IDs are of files in `files.img`. */
export interface Fs {
  readonly cwdId: number
  readonly rootId: number
  readonly umask?: number
}

/** `fs-PID.img` */
export const fsImage: ImageKind<Fs> = {
  magic: 0x51403912,
  parse(messages, where) {
    const { cwd_id, root_id, umask } = parseOnlyMessage(fs_entry, messages, where)
    return { cwdId: cwd_id, rootId: root_id, ...(umask === undefined ? {} : { umask }) }
  },
}
