import { inventory_entrySchema } from './gen/images_pb.ts'
import { parseOnlyMessage } from './message.ts'
import type { ImageKind } from './read-image.ts'

/** What CRIU says of the dump as a whole. Its own version isn't among it. */
export interface Inventory {
  /** 1 and 2 are known; CRIU raises it when older readers would misunderstand. */
  readonly imageVersion: number
  readonly securityModule: 'none' | 'selinux' | 'apparmor' | 'unknown'
}

const securityModules = ['none', 'selinux', 'apparmor'] as const

/** `inventory.img` */
export const inventoryImage: ImageKind<Inventory> = {
  magic: 0x58313116,
  parse(messages, where) {
    const entry = parseOnlyMessage(inventory_entrySchema, messages, where)
    return {
      imageVersion: entry.imgVersion,
      securityModule: securityModules[entry.lsmtype] ?? 'unknown',
    }
  },
}
