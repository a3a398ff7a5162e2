import { slice } from '../bytes/index.ts'
import { findCheckpointLayer, parseImage } from '../formats/oci/index.ts'
import { openRepository, parseImageReference } from '../remote/registry/index.ts'
import type { ActionOptions, Context } from './context.ts'
import type { OpenedPlace } from './open-archive-reference.ts'

/**
 * The layer with the checkpoint of an image in a registry, read where it is. Disposing of `resources` closes the
 * connections.
 * @throws {RegistryError} every code. @throws {OciError} every code. @throws {ClusterError} of connections.
 */
export async function openRegistryImage(
  name: string,
  { registry, clock }: Context,
  { signal }: ActionOptions,
  resources: AsyncDisposableStack,
): Promise<OpenedPlace> {
  const repository = resources.use(openRepository(parseImageReference(name), { ...registry, clock }))
  const image = parseImage(await repository.readManifest(undefined, signal), repository.label)
  const layer = await findCheckpointLayer(image, repository.label, ({ digest }) =>
    repository.readManifest(digest, signal),
  )
  // Named as any command takes it.
  const source = slice(repository.blob(layer), 0, layer.size, `oci://${name}`)
  return { source, identity: layer.digest }
}
