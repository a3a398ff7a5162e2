import { createHash } from 'node:crypto'
import { parseImage } from '../../formats/oci/index.ts'
import { openRepository, parseImageReference } from '../../remote/registry/index.ts'
import type { Context } from '../context.ts'

export interface ResolvedImage {
  /** By its digest: nodes that have another image of the same tag already would restore that one. */
  readonly image: string
  readonly annotations: Readonly<Record<string, string>>
}

/** What an image in a registry is at the moment. @throws {RegistryError} @throws {OciError} */
export async function resolveImage(
  image: string,
  { registry, clock }: Pick<Context, 'registry' | 'clock'>,
  signal: AbortSignal,
): Promise<ResolvedImage> {
  await using repository = openRepository(parseImageReference(image), { ...registry, clock })
  const manifest = await repository.readManifest(undefined, signal)
  const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`
  return {
    image: pinImage(image, digest),
    annotations: parseImage(manifest, repository.label).annotations,
  }
}

/** `registry.example/shop/web:1` becomes `registry.example/shop/web@sha256:…`. */
export function pinImage(image: string, digest: string): string {
  if (image.includes('@')) return image
  const colon = image.lastIndexOf(':')
  // What follows a slash behind it is no tag: the colon is of the registry's port.
  const name = colon > image.lastIndexOf('/') ? image.slice(0, colon) : image
  return `${name}@${digest}`
}
