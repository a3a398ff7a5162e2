import { OciError } from './errors.ts'

/** What names a blob, and what is known of it before it is read. */
export interface Descriptor {
  readonly mediaType: string
  /** `sha256:` or `sha512:` and as many lower-case hexadecimal digits as it has. */
  readonly digest: string
  readonly size: number
  readonly annotations: Annotations
  /** `linux/arm64`, `linux/arm/v7`: of what an index lists. */
  readonly platform?: string
}

export type Annotations = Readonly<Record<string, string>>

/** Images for several platforms, or of several names. */
export interface ImageIndex {
  readonly kind: 'index'
  readonly manifests: readonly Descriptor[]
  readonly annotations: Annotations
}

export interface ImageManifest {
  readonly kind: 'manifest'
  readonly config: Descriptor
  /** The lowest first. */
  readonly layers: readonly Descriptor[]
  readonly annotations: Annotations
}

/** What a manifest may be: OCI's and Docker's, each with its index. */
export const manifestMediaTypes: readonly string[] = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]

/** An index or a manifest is small; a registry may send anything. */
export const maxManifestLength = 4 * 1024 * 1024

/**
 * Parses an index or a manifest, told apart by what they hold: the media type is optional in both.
 * @param where For messages.
 * @throws {OciError} BAD_IMAGE
 * @see OCI image-spec 1.1, image-index.md and manifest.md
 */
export function parseImage(bytes: Uint8Array, where: string): ImageIndex | ImageManifest {
  const fields = parseObject(parseJson(bytes, where), 'it', where)
  const annotations = parseAnnotations(fields.annotations, where)
  if (fields.manifests !== undefined) {
    return { kind: 'index', manifests: parseDescriptors(fields.manifests, 'manifests', where), annotations }
  }
  const config = parseDescriptor(fields.config, 'config', where)
  return { kind: 'manifest', config, layers: parseDescriptors(fields.layers, 'layers', where), annotations }
}

type Fields = Readonly<Record<string, unknown>>

function parseJson(bytes: Uint8Array, where: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    throw badImage(where, 'it is not JSON', cause)
  }
}

function parseObject(value: unknown, what: string, where: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw badImage(where, `${what}: not an object`)
}

function parseDescriptors(value: unknown, what: string, where: string): Descriptor[] {
  if (!Array.isArray(value)) throw badImage(where, `${what}: not a list`)
  return value.map((descriptor) => parseDescriptor(descriptor, what, where))
}

const digestPattern = /^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/

function parseDescriptor(value: unknown, what: string, where: string): Descriptor {
  const { mediaType, digest, size, annotations, platform } = parseObject(value, what, where)
  if (typeof mediaType !== 'string') throw badImage(where, `${what}: no media type`)
  if (typeof digest !== 'string' || !digestPattern.test(digest)) throw badImage(where, `${what}: no digest`)
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
    throw badImage(where, `${what}: no size`)
  return {
    mediaType,
    digest,
    size,
    annotations: parseAnnotations(annotations, where),
    ...(platform === undefined ? {} : { platform: parsePlatform(platform, where) }),
  }
}

function parsePlatform(value: unknown, where: string): string {
  const { os, architecture, variant } = parseObject(value, 'platform', where)
  return [os, architecture, variant].filter((part) => typeof part === 'string' && part !== '').join('/')
}

function parseAnnotations(value: unknown, where: string): Annotations {
  const annotations = parseObject(value ?? {}, 'annotations', where)
  const isText = Object.values(annotations).every((text) => typeof text === 'string')
  if (!isText) throw badImage(where, 'annotations: one is not a text')
  return annotations as Annotations
}

const badImage = (where: string, reason: string, cause?: unknown): OciError =>
  new OciError('BAD_IMAGE', `${where} does not describe an image: ${reason}`, { cause })
