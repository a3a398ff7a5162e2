import { annotateCheckpoint, type CheckpointFacts } from './checkpoint-annotations.ts'
import type { Annotations } from './image.ts'
import { imageArchitecture } from './platform.ts'

/** The one layer of a checkpoint image: an archive, as it is or compressed. */
export interface CheckpointLayer {
  readonly compression: 'none' | 'gzip' | 'zstd'
  /** `sha256:…` of what is stored. */
  readonly digest: string
  readonly size: number
  /** `sha256:…` of the archive itself. */
  readonly diffId: string
}

/** Bytes with the words by which they are referred to. */
export interface Blob {
  readonly mediaType: string
  readonly digest: string
  readonly bytes: Uint8Array
}

export interface BuiltImage {
  readonly config: Blob
  readonly manifest: Blob
  /** What a tag points to: engines look for annotations on it or on the manifest, each on another of them. */
  readonly index: Blob
  /** Of index and manifest both. */
  readonly annotations: Annotations
  /** `linux/amd64` */
  readonly platform: string
  readonly layerMediaType: string
}

const layerMediaTypes = {
  none: 'application/vnd.oci.image.layer.v1.tar',
  gzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
  zstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
} as const

/**
 * Describes an archive as an image: the same archive always as the same bytes. The container's ID is in its
 * configuration, since containerd takes images of equal configurations for one.
 * @param digest `sha256:…` of bytes.
 * @see OCI image-spec 1.1, config.md, manifest.md and image-index.md
 */
export function buildCheckpointImage(
  facts: CheckpointFacts,
  layer: CheckpointLayer,
  digest: (bytes: Uint8Array) => string,
): BuiltImage {
  const annotations = annotateCheckpoint(facts)
  const created = facts.takenAt?.toISOString()
  const platform = { architecture: imageArchitecture(facts.machine) ?? facts.machine, os: 'linux' }
  const blob = (mediaType: string, content: object): Blob => {
    const bytes = new TextEncoder().encode(JSON.stringify(content))
    return { mediaType, digest: digest(bytes), bytes }
  }
  const config = blob('application/vnd.oci.image.config.v1+json', {
    ...(created && { created }),
    ...platform,
    config: { Labels: { 'org.criu.checkpoint.container.id': facts.containerId } },
    rootfs: { type: 'layers', diff_ids: [layer.diffId] },
    history: [{ ...(created && { created }), created_by: 'kubectl-checkpoint' }],
  })
  const layerMediaType = layerMediaTypes[layer.compression]
  const manifest = blob('application/vnd.oci.image.manifest.v1+json', {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: describe(config),
    layers: [{ mediaType: layerMediaType, digest: layer.digest, size: layer.size }],
    annotations,
  })
  const index = blob('application/vnd.oci.image.index.v1+json', {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [{ ...describe(manifest), platform }],
    annotations,
  })
  return {
    config,
    manifest,
    index,
    annotations,
    platform: `${platform.os}/${platform.architecture}`,
    layerMediaType,
  }
}

const describe = ({ mediaType, digest, bytes }: Blob) => ({ mediaType, digest, size: bytes.length })
