import { messageOf } from '../../errors.ts'
import { openWritableRepository, parseImageReference, RegistryError } from '../../remote/registry/index.ts'
import type { Context } from '../context.ts'
import type { ActionEvent } from '../events.ts'
import { resolveImage } from '../restore/resolve-image.ts'

const patienceMs = 30_000

/** Removes an image, if it is there; where its registry doesn't let anybody do so, it is told of. */
export async function removeImage(
  image: string,
  { registry, clock }: Pick<Context, 'registry' | 'clock'>,
  emit: (event: ActionEvent) => void,
): Promise<void> {
  // Not that of the command: Ctrl-C, too, is to leave nothing.
  const signal = AbortSignal.timeout(patienceMs)
  try {
    const { image: pinned } = await resolveImage(image, { registry, clock }, signal)
    await using repository = openWritableRepository(parseImageReference(image), { ...registry, clock })
    await repository.deleteManifest(pinned.slice(pinned.indexOf('@') + 1), signal)
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'IMAGE_NOT_FOUND') return
    emit({ type: 'notice', notice: { kind: 'image-left', image, reason: messageOf(error) } })
  }
}
