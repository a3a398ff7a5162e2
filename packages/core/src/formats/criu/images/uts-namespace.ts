import { imageTypes } from '../image-types.ts'
import { imageOfOne } from '../read-image.ts'

export interface UtsNamespace {
  readonly hostname: string
  readonly domainName: string
}

/** `utsns-ID.img` */
export const utsNamespaceImage = imageOfOne(
  imageTypes.UTSNS,
  ({ nodename, domainname }): UtsNamespace => ({ hostname: nodename, domainName: domainname }),
)
