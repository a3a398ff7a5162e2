import { createHash } from 'node:crypto'
import { chunks } from '../../bytes/index.ts'
import type { BuiltImageDocument } from '../../documents/index.ts'
import { type BuiltImage, buildCheckpointImage, type CheckpointLayer } from '../../formats/oci/index.ts'
import type { Context } from '../context.ts'
import type { ActionEvent } from '../events.ts'
import { type OpenedArchive, openArchiveReference } from '../open-archive-reference.ts'
import { openArchiveSink } from './archive-sink.ts'
import type { BuildRequest } from './build.ts'
import { checkRestorable } from './check-restorable.ts'
import { findSecrets } from './find-secrets.ts'
import type { ImageSink } from './image-sink.ts'
import { type ImageTarget, parseImageTarget } from './image-target.ts'
import { layerPieces } from './layer-pieces.ts'
import { openLayoutSink } from './layout-sink.ts'
import { openRegistrySink } from './registry-sink.ts'

/** What `build` does. */
export async function writeImage(
  request: BuildRequest,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<BuiltImageDocument> {
  const target = parseImageTarget(request.image)
  const { container, archive: item } = request
  await using archive = await openArchiveReference(item, context, {
    signal,
    emit,
    ...(container === undefined ? {} : { container }),
  })
  const facts = await checkRestorable(archive, { signal })
  warn(archive, item, emit)
  await using sink = await openSink(target, request, context, signal)
  emit({ type: 'phase', item, phase: target.kind === 'registry' ? 'uploading' : 'writing-image' })
  const layer = await writeLayer(request, archive, sink, emit, signal)
  const image = buildCheckpointImage(facts, layer, sha256)
  await sink.finish(image)
  emit({ type: 'phase', item, phase: 'done' })
  return describe(sink.reference, image, layer)
}

function warn(archive: OpenedArchive, item: string, emit: (event: ActionEvent) => void): void {
  emit({ type: 'notice', item, notice: { kind: 'secrets-inside', ...findSecrets(archive) } })
  if (/^(?:sha256:)?[0-9a-f]{64}$/.test(archive.container?.imageRef ?? '')) {
    emit({ type: 'notice', item, notice: { kind: 'base-image-unnamed' } })
  }
  if (archive.engine?.name === 'containerd' && !archive.entries.find('status.dump')) {
    emit({ type: 'notice', item, notice: { kind: 'no-status' } })
  }
}

async function openSink(
  target: ImageTarget,
  { allowsOpenRegistry = false }: BuildRequest,
  { registry, clock }: Context,
  signal: AbortSignal,
): Promise<ImageSink> {
  switch (target.kind) {
    case 'registry':
      return openRegistrySink(target.image, { registry, clock, allowsOpenRegistry, signal })
    case 'layout':
      return openLayoutSink(target.path, target.tag)
    case 'archive':
      return openArchiveSink(target.path, target.tag)
  }
}

async function writeLayer(
  { archive: item, compression }: BuildRequest,
  { source, isLocal, blob }: OpenedArchive,
  sink: ImageSink,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<CheckpointLayer> {
  const { size } = source
  const onProgress = (bytes: number) =>
    emit({ type: 'progress', item, doneBytes: Math.min(bytes, size), totalBytes: size })
  if (isLocal && compression === 'none') {
    const digest = await digestOf(source, signal)
    if (await sink.hasLayer(digest)) {
      onProgress(size)
      return { compression, digest, size, diffId: digest }
    }
  }
  if (blob && compression === 'none') {
    const { digest, image } = blob
    if ((await sink.hasLayer(digest)) || (await sink.takeLayer?.(digest, image))) {
      onProgress(size)
      return { compression, digest, size, diffId: digest }
    }
  }
  const { pieces, diffId } = layerPieces(source, compression, signal)
  const written = await sink.writeLayer(pieces, onProgress)
  return { compression, ...written, diffId: diffId() }
}

async function digestOf(source: OpenedArchive['source'], signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of chunks(source, { signal })) hash.update(chunk)
  return `sha256:${hash.digest('hex')}`
}

const sha256 = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

function describe(
  image: string,
  built: BuiltImage,
  { digest, size, diffId }: CheckpointLayer,
): BuiltImageDocument {
  return {
    apiVersion: 'kubectl-checkpoint/v1',
    kind: 'CheckpointImage',
    image,
    digest: built.index.digest,
    manifestDigest: built.manifest.digest,
    configDigest: built.config.digest,
    layer: { mediaType: built.layerMediaType, digest, sizeBytes: size, diffId },
    platform: built.platform,
    annotations: { ...built.annotations },
  }
}
