import { openWritableRepository, parseImageReference } from '../../remote/registry/index.ts'
import type { Context } from '../context.ts'
import { ActionError } from '../errors.ts'
import type { ImageSink } from './image-sink.ts'

interface RegistrySinkOptions extends Pick<Context, 'registry' | 'clock'> {
  readonly allowsOpenRegistry: boolean
  readonly signal: AbortSignal
}

/** @throws {RegistryError} IMAGE_REFERENCE_INVALID */
export function openRegistrySink(
  image: string,
  { registry, clock, allowsOpenRegistry, signal }: RegistrySinkOptions,
): ImageSink {
  const target = parseImageReference(image)
  const repository = openWritableRepository(target, { ...registry, clock })
  return {
    reference: `oci://${image}`,
    hasLayer: (digest) => repository.hasBlob(digest, signal),
    async takeLayer(digest, from) {
      const other = parseImageReference(from)
      if (other.registry !== target.registry) return false
      if (!(await repository.mountBlob(digest, other.repository, signal))) return false
      if (!allowsOpenRegistry && !repository.asksWhoIsThere()) throw isOpen(image)
      return true
    },
    async writeLayer(pieces, onProgress) {
      const upload = await repository.startUpload(signal)
      try {
        if (!allowsOpenRegistry && !repository.asksWhoIsThere()) throw isOpen(image)
        return await upload.send(pieces, onProgress)
      } catch (error) {
        await upload.cancel()
        throw error
      }
    },
    async finish({ config, manifest, index }) {
      await repository.putBlob(config, signal)
      await repository.putManifest(manifest, 'digest', signal)
      // The tag last: until then, nobody sees anything of it.
      await repository.putManifest(index, 'tag', signal)
    },
    [Symbol.asyncDispose]: () => repository[Symbol.asyncDispose](),
  }
}

const isOpen = (image: string): ActionError =>
  new ActionError('REGISTRY_OPEN', `oci://${image}: the registry takes it from anybody`, {
    hint: 'Whoever reaches it could read the memory of the container, passwords and all. Where that is right, say --yes.',
  })
