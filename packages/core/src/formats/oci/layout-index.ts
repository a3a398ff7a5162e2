import type { Blob } from './build-image.ts'
import { OciError } from './errors.ts'

/** What says of a folder or a tar that it is an image layout. */
export const layoutMark = new TextEncoder().encode('{"imageLayoutVersion":"1.0.0"}')

const tagKey = 'org.opencontainers.image.ref.name'

interface Entry {
  readonly annotations?: Readonly<Record<string, unknown>>
}

/**
 * The `index.json` of a layout with an image in it, beside those that were there under other tags.
 * @param before The one that is there.
 * @throws {OciError} BAD_IMAGE
 * @see OCI image-spec 1.1, image-layout.md
 */
export function layoutIndex(
  { mediaType, digest, bytes }: Blob,
  tag: string,
  before?: Uint8Array,
): Uint8Array {
  const entry = { mediaType, digest, size: bytes.length, annotations: { [tagKey]: tag } }
  const others =
    before === undefined ? [] : readEntries(before).filter((one) => one.annotations?.[tagKey] !== tag)
  return new TextEncoder().encode(JSON.stringify({ schemaVersion: 2, manifests: [...others, entry] }))
}

function readEntries(bytes: Uint8Array): readonly Entry[] {
  try {
    const { manifests } = JSON.parse(new TextDecoder().decode(bytes)) as { manifests?: unknown }
    if (Array.isArray(manifests)) return manifests
  } catch {}
  throw new OciError('BAD_IMAGE', 'index.json of the layout is not one')
}
