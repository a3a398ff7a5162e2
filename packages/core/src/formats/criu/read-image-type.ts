import type { ByteSource, ReadOptions } from '../../bytes/index.ts'
import { CriuError } from './errors.ts'
import { identifyImage } from './identify-image.ts'
import type { ImageType } from './image-type.ts'
import { findRawImage } from './raw-images.ts'

/**
 * The type of an image, whatever its name is. One read of eight bytes.
 * @throws {CriuError} UNKNOWN_IMAGE, with what it may be by its name.
 */
export async function readImageType(
  source: ByteSource,
  options: ReadOptions = {},
): Promise<ImageType<unknown>> {
  const identity = identifyImage(await source.read(0, Math.min(source.size, 8), options))
  if (identity?.type) return identity.type
  const word = identity ? `magic word 0x${identity.magic.toString(16)}` : 'no magic word'
  const raw = findRawImage(source.label.replace(/^.*\//s, ''))
  throw new CriuError('UNKNOWN_IMAGE', `${source.label}: ${word}, ${source.size} bytes`, {
    hint: raw ? `By its name it is ${raw}.` : 'It is of a newer CRIU, or no image of CRIU at all.',
  })
}
