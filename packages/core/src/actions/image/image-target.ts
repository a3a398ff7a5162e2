import { ActionError } from '../errors.ts'

/** What a user may name the place of an image by. */
export type ImageTarget =
  | { readonly kind: 'registry'; readonly image: string }
  | { readonly kind: 'layout' | 'archive'; readonly path: string; readonly tag: string }

const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/

/**
 * Reads `oci://IMAGE`, and `oci:FOLDER[:TAG]` and `oci-archive:FILE[:TAG]` as skopeo and podman name them.
 * @throws {ActionError} IMAGE_TARGET_INVALID
 */
export function parseImageTarget(text: string): ImageTarget {
  const [, image] = /^oci:\/\/(.+)$/s.exec(text) ?? []
  if (image !== undefined) {
    if (!image.includes('@')) return { kind: 'registry', image }
    throw invalid(text)
  }
  const [, transport, rest = ''] = /^(oci|oci-archive):(.+)$/s.exec(text) ?? []
  if (transport === undefined) throw invalid(text)
  const colon = rest.lastIndexOf(':')
  const [path, tag] = colon > 0 ? [rest.slice(0, colon), rest.slice(colon + 1)] : [rest, 'latest']
  if (!tagPattern.test(tag)) throw invalid(text)
  return { kind: transport === 'oci' ? 'layout' : 'archive', path, tag }
}

const invalid = (text: string): ActionError =>
  new ActionError('IMAGE_TARGET_INVALID', `${JSON.stringify(text)} names no place for an image`, {
    hint: 'Name it like oci:./folder:tag, oci-archive:./file.tar:tag or oci://registry.example/shop/web:1.',
  })
