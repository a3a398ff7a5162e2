import { arch } from 'node:os'
import { isCheckpointImage } from './checkpoint-annotations.ts'
import { OciError } from './errors.ts'
import {
  type Descriptor,
  type ImageIndex,
  type ImageManifest,
  manifestMediaTypes,
  parseImage,
} from './image.ts'

/** Gives the bytes of an index or a manifest, their digest checked. */
export type ReadManifest = (descriptor: Descriptor) => Promise<Uint8Array>

/** An index of indexes is allowed; more than these no tool makes. */
const maxDepth = 4

/**
 * The layer that holds a checkpoint, lowest in its image as engines expect it: in the only image there is, in one that
 * annotations call a checkpoint, or in the one for this machine's platform.
 * @param where For messages.
 * @throws {OciError} BAD_IMAGE; IMAGE_AMBIGUOUS; NOT_A_CHECKPOINT_IMAGE; what `readManifest` throws.
 */
export async function findCheckpointLayer(
  image: ImageIndex | ImageManifest,
  where: string,
  readManifest: ReadManifest,
  depth = 1,
): Promise<Descriptor> {
  if (image.kind === 'manifest') return pickLayer(image, where)
  if (depth > maxDepth) throw new OciError('BAD_IMAGE', `${where}: an index in an index, and so on`)
  const descriptor = pickManifest(image, where)
  const bytes = await readManifest(descriptor)
  const inner = parseImage(bytes, `${where} ${descriptor.digest}`)
  const annotations = { ...image.annotations, ...descriptor.annotations, ...inner.annotations }
  return findCheckpointLayer({ ...inner, annotations }, where, readManifest, depth + 1)
}

/** An image without annotations may be a checkpoint, if it is one layer: its content says. */
function pickLayer({ layers, annotations }: ImageManifest, where: string): Descriptor {
  const [layer, another] = layers
  if (layer && (!another || isCheckpointImage(annotations))) return layer
  throw new OciError('NOT_A_CHECKPOINT_IMAGE', `${where} is not the image of a checkpoint`, {
    hint: 'It has several layers and none of the annotations that engines know a checkpoint by.',
  })
}

function pickManifest({ manifests }: ImageIndex, where: string): Descriptor {
  const images = manifests.filter(({ mediaType }) => manifestMediaTypes.includes(mediaType))
  const checkpoints = images.filter(({ annotations }) => isCheckpointImage(annotations))
  const likely = checkpoints.length > 0 ? checkpoints : images
  const own = likely.filter(({ platform }) => platform?.startsWith(ownPlatform))
  const [picked, another] = likely.length > 1 ? own : likely
  if (picked && !another) return picked
  const names = likely.map(({ platform, digest }) => platform ?? digest).join(', ')
  throw new OciError(
    'IMAGE_AMBIGUOUS',
    `${where} holds ${names === '' ? 'no image' : `several images: ${names}`}`,
    {
      hint: 'Copy the one that is meant to a place of its own, as skopeo copy does.',
    },
  )
}

const architectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' }
const ownPlatform = `linux/${architectures[arch()] ?? arch()}`
