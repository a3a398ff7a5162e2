import { type ByteSource, type ReadOptions, slice } from '../../bytes/index.ts'
import { entrySource, type TarIndex } from '../tar/index.ts'
import { checkDigest } from './check-digest.ts'
import { OciError } from './errors.ts'
import { findCheckpointLayer } from './find-checkpoint-layer.ts'
import { type Descriptor, maxManifestLength, parseImage } from './image.ts'

/** Where an image layout, in a folder or a tar, has its data. */
export interface Layout {
  readonly index: TarIndex
  readonly source: ByteSource
  /** The same, for small reads. */
  readonly near: ByteSource
}

export const isImageLayout = (index: TarIndex): boolean => index.find('oci-layout') !== undefined

/**
 * The layer with the checkpoint in an image layout, as it lies there: perhaps compressed. Reads manifests alone.
 * @throws {OciError} every code.
 * @see OCI image-spec 1.1, image-layout.md
 */
export async function findLayoutLayer(
  { index, source, near }: Layout,
  options: ReadOptions = {},
): Promise<ByteSource> {
  const demand = (name: string) => {
    const entry = index.find(name)
    if (entry) return entry
    throw new OciError('BLOB_MISSING', `${source.label} has no ${name}`, {
      hint: 'The image was not written completely. Save it again.',
    })
  }
  const readSmall = async (name: string) => {
    const data = entrySource(near, demand(name))
    if (data.size > maxManifestLength) {
      throw new OciError('BAD_IMAGE', `${data.label} is too large: ${data.size} bytes`)
    }
    return { bytes: await data.read(0, data.size, options), where: data.label }
  }
  const root = await readSmall('index.json')
  const layer = await findCheckpointLayer(
    parseImage(root.bytes, root.where),
    source.label,
    async (descriptor) => {
      const { bytes, where } = await readSmall(blobName(descriptor))
      checkDigest(bytes, descriptor.digest, where)
      return bytes
    },
  )
  const name = blobName(layer)
  const entry = demand(name)
  if (entry.size !== layer.size) {
    throw new OciError(
      'BLOB_MISMATCH',
      `${source.label}: ${name} has ${entry.size} bytes, not ${layer.size}`,
      {
        hint: 'The image was not written completely. Save it again.',
      },
    )
  }
  return slice(source, entry.offset, entry.size, `${source.label}:${name}`)
}

const blobName = ({ digest }: Descriptor): string => `blobs/${digest.replace(':', '/')}`
