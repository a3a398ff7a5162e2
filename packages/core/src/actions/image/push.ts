import type { PushedImage } from '../../documents/index.ts'
import type { CheckpointLayer } from '../../formats/oci/index.ts'
import type { ActionOptions, Context } from '../context.ts'
import { type ActionEvent, coalesceProgress } from '../events.ts'
import { type Run, startRun } from '../run.ts'

export interface PushRequest {
  /** As every command takes it: a local file, `NODE:FILE`, a target for its newest archive, `oci://IMAGE`. */
  readonly archive: string
  /** Where to: `oci://registry.example/shop/web:1`. */
  readonly image: string
  readonly container?: string
  /** Of the layer. Uncompressed, an image can be looked into where it is. */
  readonly compression: CheckpointLayer['compression']
  /** Takes a registry, too, that lets everybody in: whoever reaches it can read the container's memory. */
  readonly allowsOpenRegistry: boolean
}

/**
 * Makes an image of an archive and puts it into a registry, from where it is: nothing is written on this machine, but
 * what has to be decompressed. A tag that is there afterwards points to a whole image.
 * @throws {ActionError} ARCHIVE_REFERENCE_INVALID; NOT_RESTORABLE; REGISTRY_OPEN. @throws {RegistryError} @throws what
 * opening and reading archives throws.
 */
export function push(
  request: PushRequest,
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, PushedImage> {
  return startRun(async (emit) => {
    const { pushArchive } = await import('./push-archive.ts')
    return pushArchive(request, context, emit, signal)
  }, coalesceProgress)
}
