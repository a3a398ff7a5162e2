import { createHash } from 'node:crypto'
import { chunks } from '../../bytes/index.ts'
import type { PushedImage } from '../../documents/index.ts'
import { type BuiltImage, buildCheckpointImage, type CheckpointLayer } from '../../formats/oci/index.ts'
import {
  openWritableRepository,
  parseImageReference,
  type WritableRepository,
} from '../../remote/registry/index.ts'
import { parseArchiveReference } from '../archive-reference.ts'
import type { Context } from '../context.ts'
import { ActionError } from '../errors.ts'
import type { ActionEvent } from '../events.ts'
import { type OpenedArchive, openArchiveReference } from '../open-archive-reference.ts'
import { checkRestorable } from './check-restorable.ts'
import { findSecrets } from './find-secrets.ts'
import { layerPieces } from './layer-pieces.ts'
import type { PushRequest } from './push.ts'

/** What `push` does. */
export async function pushArchive(
  request: PushRequest,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<PushedImage> {
  const target = parseTarget(request.image)
  const { container, archive: item } = request
  await using archive = await openArchiveReference(item, context, {
    signal,
    emit,
    ...(container === undefined ? {} : { container }),
  })
  const facts = await checkRestorable(archive, { signal })
  emit({ type: 'notice', item, notice: { kind: 'secrets-inside', ...findSecrets(archive) } })
  if (/^(?:sha256:)?[0-9a-f]{64}$/.test(facts.imageRef ?? '')) {
    emit({ type: 'notice', item, notice: { kind: 'base-image-unnamed' } })
  }
  if (facts.engine === 'containerd' && !archive.entries.find('status.dump')) {
    emit({ type: 'notice', item, notice: { kind: 'no-status' } })
  }
  await using repository = openWritableRepository(parseImageReference(target), {
    ...context.registry,
    clock: context.clock,
  })
  emit({ type: 'phase', item, phase: 'uploading' })
  const layer = await pushLayer(request, archive, repository, emit, signal)
  const image = buildCheckpointImage(facts, layer, sha256)
  await repository.putBlob(image.config, signal)
  await repository.putManifest(image.manifest, 'digest', signal)
  // The tag last: until then, nobody sees anything of it.
  await repository.putManifest(image.index, 'tag', signal)
  emit({ type: 'phase', item, phase: 'done' })
  return describe(target, image, layer)
}

function parseTarget(text: string): string {
  const reference = parseArchiveReference(text, false)
  if (reference.kind === 'registry' && !reference.image.includes('@')) return reference.image
  throw new ActionError('ARCHIVE_REFERENCE_INVALID', `${JSON.stringify(text)} names no place in a registry`, {
    hint: 'Name it like oci://registry.example/shop/web:1.',
  })
}

async function pushLayer(
  { archive: item, compression, allowsOpenRegistry, image }: PushRequest,
  { source, isLocal }: OpenedArchive,
  repository: WritableRepository,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<CheckpointLayer> {
  const onProgress = (doneBytes: number) =>
    emit({ type: 'progress', item, doneBytes: Math.min(doneBytes, source.size), totalBytes: source.size })
  if (isLocal && compression === 'none') {
    const digest = await digestOf(source, signal)
    if (await repository.hasBlob(digest, signal)) {
      onProgress(source.size)
      return { compression, digest, size: source.size, diffId: digest }
    }
  }
  const upload = await repository.startUpload(signal)
  try {
    if (!allowsOpenRegistry && !repository.asksWhoIsThere()) throw openRegistry(image)
    const { pieces, diffId } = layerPieces(source, compression, signal)
    const sent = await upload.send(pieces, onProgress)
    return { compression, ...sent, diffId: diffId() }
  } catch (error) {
    await upload.cancel()
    throw error
  }
}

async function digestOf(source: OpenedArchive['source'], signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of chunks(source, { signal })) hash.update(chunk)
  return `sha256:${hash.digest('hex')}`
}

const sha256 = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

const openRegistry = (image: string): ActionError =>
  new ActionError('REGISTRY_OPEN', `${image}: the registry takes it from anybody`, {
    hint: 'Whoever reaches it could read the memory of the container, passwords and all. Where that is right, say --yes.',
  })

function describe(image: string, built: BuiltImage, { digest, size, diffId }: CheckpointLayer): PushedImage {
  return {
    apiVersion: 'kubectl-checkpoint/v1',
    kind: 'CheckpointImage',
    image: `oci://${image}`,
    digest: built.index.digest,
    manifestDigest: built.manifest.digest,
    configDigest: built.config.digest,
    layer: { mediaType: built.layerMediaType, digest, sizeBytes: size, diffId },
    platform: built.platform,
    annotations: { ...built.annotations },
  }
}
