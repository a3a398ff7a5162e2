import type { ArchivedContainer } from '../../checkpoint/archive/index.ts'
import type { Node } from '../../remote/cluster/index.ts'
import { openRepository, parseImageReference, RegistryError } from '../../remote/registry/index.ts'
import type { Context } from '../context.ts'
import { type Judgement, nothing } from './judgement.ts'

/** What is asked of it must not hold up a plan: many a registry cannot be reached from here. */
const patienceMs = 5000

/**
 * Whether the image that the container was started from is gone from its registry, from where nodes take it for the
 * files that the checkpoint lacks. What can't be told from here, nodes may know: no remark.
 */
export async function judgeBaseImage(
  { imageRef = '' }: Pick<ArchivedContainer, 'imageRef'>,
  node: Node | undefined,
  { registry, clock }: Pick<Context, 'registry' | 'clock'>,
  signal: AbortSignal,
): Promise<Judgement> {
  // A registry of that name here is another one than a node's.
  if (!imageRef.includes('@') || imageRef.startsWith('localhost')) return nothing
  try {
    await using repository = openRepository(parseImageReference(imageRef), { ...registry, clock })
    await repository.readManifest(undefined, AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]))
    return nothing
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof RegistryError) || error.code !== 'IMAGE_NOT_FOUND') return nothing
    const remark = {
      id: 'base-image-gone',
      message: `its base image is not in its registry any more: ${imageRef}`,
      hint: 'Push it there again, or restore on a node that still has it.',
    }
    const isElsewhere = node && !mayHave(node, imageRef)
    return isElsewhere ? { blockers: [remark], warnings: [] } : { blockers: [], warnings: [remark] }
  }
}

/** Nodes tell of so many images by default; there may be more. */
const mostImages = 50

const mayHave = ({ status: { images = [] } = {} }: Node, imageRef: string): boolean =>
  images.length >= mostImages || images.some(({ names = [] }) => names.includes(imageRef))
