import type { PulledArchiveDocument } from '@kubectl-checkpoint/core/documents'
import { fields } from './fields.ts'
import { bytes } from './units.ts'
import type { View } from './view.ts'

/** An archive that was brought here from a registry. */
export const pulledArchiveView: View<PulledArchiveDocument> = {
  toDocument: (pulled) => pulled,
  toText: ({ image, path, size, compression, sha256 }) =>
    fields([
      ['Image', image],
      ['Local file', path],
      ['Size', `${bytes(size)}${compression ? `, ${compression}` : ''}`],
      ['SHA256', sha256],
    ]),
  toNames: ({ path }) => [path],
}
