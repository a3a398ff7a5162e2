import { imageTypes } from '../image-types.ts'
import { imageOfOne } from '../read-image.ts'

export interface PidNamespace {
  /** The name under which the restorer is given a namespace that isn't in the dump. */
  readonly externalKey?: string
}

/** `pidns-ID.img` */
export const pidNamespaceImage = imageOfOne(
  imageTypes.PIDNS,
  ({ ext_key }): PidNamespace => (ext_key === undefined ? {} : { externalKey: ext_key }),
)
