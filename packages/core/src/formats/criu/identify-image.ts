import { findMagic } from './entries.ts'
import type { ImageType } from './image-type.ts'
import { imageTypes } from './image-types.ts'

const byMagic: ReadonlyMap<number, ImageType<unknown>> = new Map(
  Object.values(imageTypes).map((type) => [type.magic, type]),
)

/** What an image says it is. */
export interface ImageIdentity {
  readonly magic: number
  /** Absent where no type has this magic: a newer CRIU's, or no CRIU image at all. */
  readonly type?: ImageType<unknown>
}

/**
 * Identifies an image by its magic word.
 * @param bytes The first eight of the image, or all if there are fewer.
 * @returns Nothing for an image that is too short to have one.
 */
export function identifyImage(bytes: Uint8Array): ImageIdentity | undefined {
  const found = findMagic(bytes)
  if (!found) return undefined
  const type = byMagic.get(found.magic)
  return { magic: found.magic, ...(type ? { type } : {}) }
}
