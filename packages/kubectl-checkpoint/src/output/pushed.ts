import type { PushedImage } from '@kubectl-checkpoint/core/documents'
import { fields } from './fields.ts'
import { bytes } from './units.ts'
import type { View } from './view.ts'

/** An image that was put into a registry. */
export const pushedView: View<PushedImage> = {
  toDocument: (pushed) => pushed,
  toText: ({ image, digest, platform, layer, annotations }, { wide }) =>
    fields([
      ['Image', image],
      ['Digest', digest],
      ['Platform', platform],
      ['Layer', `${layer.digest}, ${bytes(layer.sizeBytes)}`],
      ...(wide ? Object.entries(annotations) : []),
    ]),
  toNames: ({ image }) => [image],
}
