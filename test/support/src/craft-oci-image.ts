import { createHash } from 'node:crypto'
import type { CraftedEntry } from './craft-tar.ts'

export interface CraftedDescriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
}

/** An image's blobs by their digests, and the descriptor of its manifest. */
export interface CraftedOciImage {
  readonly blobs: ReadonlyMap<string, Uint8Array>
  readonly manifest: CraftedDescriptor
}

export interface CraftedOciImageOptions {
  readonly annotations?: Readonly<Record<string, string>>
  /** Of each layer. */
  readonly mediaType?: string
}

export const digestOf = (bytes: Uint8Array): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`

export const jsonBytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value))

export const describeBlob = (mediaType: string, bytes: Uint8Array): CraftedDescriptor => ({
  mediaType,
  digest: digestOf(bytes),
  size: bytes.length,
})

/** An image of these layers, the lowest first. */
export function craftOciImage(
  layers: readonly Uint8Array[],
  { annotations = {}, mediaType = 'application/vnd.oci.image.layer.v1.tar' }: CraftedOciImageOptions = {},
): CraftedOciImage {
  const config = jsonBytes({ architecture: 'amd64', os: 'linux' })
  const manifest = jsonBytes({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: describeBlob('application/vnd.oci.image.config.v1+json', config),
    layers: layers.map((layer) => describeBlob(mediaType, layer)),
    annotations,
  })
  return {
    blobs: new Map([config, manifest, ...layers].map((bytes) => [digestOf(bytes), bytes])),
    manifest: describeBlob('application/vnd.oci.image.manifest.v1+json', manifest),
  }
}

/** The files of an image layout with these blobs, whose `index.json` lists `manifests`. */
export const craftImageLayout = (
  blobs: ReadonlyMap<string, Uint8Array>,
  manifests: readonly unknown[],
): CraftedEntry[] => [
  ...[...blobs].map(([digest, data]) => ({ name: `blobs/${digest.replace(':', '/')}`, data })),
  { name: 'index.json', data: JSON.stringify({ schemaVersion: 2, manifests }) },
  { name: 'oci-layout', data: JSON.stringify({ imageLayoutVersion: '1.0.0' }) },
]
