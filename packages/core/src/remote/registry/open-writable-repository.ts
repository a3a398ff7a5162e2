import type { Blob } from '../../formats/oci/index.ts'
import { type BlobUpload, cancelUpload, startBlobUpload } from './blob-upload.ts'
import type { ImageReference } from './image-reference.ts'
import { openRepositoryClient } from './repository-client.ts'
import type { RegistryOptions } from './settings.ts'

/** The repository of one image, to put something into it. Disposing of it closes its connections. */
export interface WritableRepository extends AsyncDisposable {
  /** `registry.example/shop/web:1`, for messages. */
  readonly label: string
  /** Of a registry that lets everybody write, or that has not been asked for anything yet: false. */
  asksWhoIsThere(): boolean
  /** @throws {RegistryError} REGISTRY_FORBIDDEN; REGISTRY_FAILED. @throws {ClusterError} of connections. */
  hasBlob(digest: string, signal: AbortSignal): Promise<boolean>
  /**
   * Takes a blob over from another repository of the same registry; false where the registry does not do so, or its
   * reader may not read there. @throws {ClusterError} of connections; as logging in.
   */
  mountBlob(digest: string, from: string, signal: AbortSignal): Promise<boolean>
  /** @throws as `hasBlob`. */
  startUpload(signal: AbortSignal): Promise<BlobUpload>
  /** Puts a small blob there, unless it is. @throws as `hasBlob`. */
  putBlob(blob: Blob, signal: AbortSignal): Promise<void>
  /** Puts a manifest or an index there, by its digest or under the image's own tag. @throws as `hasBlob`. */
  putManifest(blob: Blob, name: 'digest' | 'tag', signal: AbortSignal): Promise<void>
  /** Removes a manifest or an index, with all of its tags; many registries don't let anybody. @throws as `hasBlob`. */
  deleteManifest(digest: string, signal: AbortSignal): Promise<void>
}

const maxAnswerLength = 64 * 1024

/** Opens the repository of an image for writing. Asks nobody: the first request connects. */
export function openWritableRepository(image: ImageReference, options: RegistryOptions): WritableRepository {
  const client = openRepositoryClient(image, options, 'pull,push')
  const { base, label, check } = client
  const repository: WritableRepository = {
    label,
    asksWhoIsThere: () => client.hasAsked(),
    async hasBlob(digest, signal) {
      const url = new URL(`blobs/${digest}`, base)
      const answer = await client.send({ method: 'HEAD', url, headers: {}, maxLength: 0, signal })
      if (answer.status === 404) return false
      check(answer, label, 200)
      return true
    },
    async mountBlob(digest, from, signal) {
      const url = new URL('blobs/uploads/', base)
      url.searchParams.set('mount', digest)
      url.searchParams.set('from', from)
      const request = { method: 'POST', url, headers: {}, maxLength: maxAnswerLength, signal } as const
      const answer = await client.send(request, from)
      // An upload has begun in its place, which nobody goes on with.
      if (answer.status === 202) await cancelUpload(client, answer)
      return answer.status === 201
    },
    startUpload: (signal) => startBlobUpload(client, options.clock, signal),
    async putBlob({ digest, bytes }, signal) {
      if (await repository.hasBlob(digest, signal)) return
      const upload = await repository.startUpload(signal)
      await upload.send(once(bytes))
    },
    async putManifest({ mediaType, digest, bytes }, name, signal) {
      const url = new URL(`manifests/${name === 'tag' ? image.version : digest}`, base)
      const headers = { 'content-type': mediaType }
      check(
        await client.send({ method: 'PUT', url, headers, body: bytes, maxLength: maxAnswerLength, signal }),
        label,
        201,
      )
    },
    async deleteManifest(digest, signal) {
      const url = new URL(`manifests/${digest}`, base)
      const answer = await client.send({
        method: 'DELETE',
        url,
        headers: {},
        maxLength: maxAnswerLength,
        signal,
      })
      check(answer, label, 202)
    },
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
  return repository
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
