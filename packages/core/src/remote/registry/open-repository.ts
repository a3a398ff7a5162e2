import { type ByteSource, checkRange } from '../../bytes/index.ts'
import {
  checkDigest,
  type Descriptor,
  manifestMediaTypes,
  maxManifestLength,
} from '../../formats/oci/index.ts'
import { RegistryError } from './errors.ts'
import type { ImageReference } from './image-reference.ts'
import { openRepositoryClient } from './repository-client.ts'
import type { RegistryOptions } from './settings.ts'

/** The repository of one image in its registry. Disposing of it closes its connections. */
export interface ImageRepository extends AsyncDisposable {
  /** `registry.example/shop/web:1`, for messages. */
  readonly label: string
  /**
   * An index or a manifest: the image's own, or one that an index names by its digest, which is checked.
   * @throws {RegistryError} IMAGE_NOT_FOUND; REGISTRY_FORBIDDEN; REGISTRY_FAILED; REGISTRY_CREDENTIALS_FAILED.
   * @throws {OciError} BLOB_MISMATCH. @throws {ClusterError} UNREACHABLE; TLS_UNTRUSTED; CONNECTION_LOST.
   */
  readManifest(digest?: string, signal?: AbortSignal): Promise<Uint8Array>
  /**
   * A blob as a source, each read of which is one request for a range; nothing to close. Its digest is not checked,
   * since it is never read as a whole.
   * Reads: RANGE_UNSUPPORTED, and what `readManifest` throws.
   */
  blob(descriptor: Descriptor): ByteSource
}

/** Opens the repository of an image for reading. Asks nobody: the first read connects. */
export function openRepository(image: ImageReference, options: RegistryOptions): ImageRepository {
  const { version } = image
  const client = openRepositoryClient(image, options, 'pull')
  const { label, base, check } = client
  const get = (
    url: URL,
    headers: Readonly<Record<string, string>>,
    maxLength: number,
    signal: AbortSignal | undefined,
  ) => client.send({ method: 'GET', url, headers, maxLength, signal })

  return {
    label,
    async readManifest(digest = version, signal) {
      const accept = manifestMediaTypes.join(', ')
      const answer = await get(new URL(`manifests/${digest}`, base), { accept }, maxManifestLength, signal)
      check(answer, label, 200)
      const announced = digest.includes(':') ? digest : answer.headers['docker-content-digest']
      if (typeof announced === 'string' && /^sha(256|512):/.test(announced))
        checkDigest(answer.body, announced, label)
      return answer.body
    },
    blob({ digest, size }) {
      const url = new URL(`blobs/${digest}`, base)
      // Where the blob's bytes are stored, for as long as that address is good.
      let stored: URL | undefined
      const read = async (range: string, maxLength: number, signal: AbortSignal | undefined) => {
        if (stored) {
          const answer = await client.sendPlainly({
            method: 'GET',
            url: stored,
            headers: { range },
            maxLength,
            signal,
          })
          if (answer.status === 206) return answer
          stored = undefined
        }
        const answer = await get(url, { range }, maxLength, signal)
        if (answer.url.origin !== base.origin) stored = answer.url
        return answer
      }
      const source: ByteSource = {
        label: `${label} ${digest}`,
        size,
        async read(offset, length, readOptions) {
          readOptions?.signal?.throwIfAborted()
          checkRange(source, offset, length)
          if (length === 0) return new Uint8Array()
          const range = `bytes=${offset}-${offset + length - 1}`
          const answer = await read(range, Math.max(length, maxErrorLength), readOptions?.signal)
          check(answer, source.label, 206)
          const expected = `bytes ${offset}-${offset + length - 1}/${size}`
          if (answer.headers['content-range'] !== expected || answer.body.length !== length) {
            throw new RegistryError(
              'REGISTRY_FAILED',
              `${source.label}: ${base.host} answers with other bytes than ${range}`,
            )
          }
          return new Uint8Array(answer.body)
        },
      }
      return source
    },
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}

const maxErrorLength = 64 * 1024
