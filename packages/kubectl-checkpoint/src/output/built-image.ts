import type { BuiltImageDocument } from '@kubectl-checkpoint/core/documents'
import { fields } from './fields.ts'
import { bytes } from './units.ts'
import type { View } from './view.ts'

/** An image that was made. */
export const builtImageView: View<BuiltImageDocument> = {
  toDocument: (built) => built,
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
