import type { BuiltImageDocument } from '../../documents/index.ts'
import type { CheckpointLayer } from '../../formats/oci/index.ts'
import type { ActionOptions, Context } from '../context.ts'
import { type ActionEvent, coalesceProgress } from '../events.ts'
import { type Run, startRun } from '../run.ts'

export interface BuildRequest {
  /** As every command takes it: a local file, `NODE:FILE`, a target for its newest archive, `oci://IMAGE`. */
  readonly archive: string
  /** Where to: `oci://registry.example/shop/web:1`, `oci:FOLDER[:TAG]`, `oci-archive:FILE[:TAG]`. */
  readonly image: string
  readonly container?: string
  /** Of the layer. Uncompressed, an image can be looked into where it is. */
  readonly compression: CheckpointLayer['compression']
  /** Takes a registry, too, that lets everybody in: whoever reaches it can read the container's memory. */
  readonly allowsOpenRegistry?: boolean
}

/**
 * Makes an image of an archive, from where it is to where it belongs: it is nowhere else in between, but for what has to
 * be decompressed. What is named is never there in half.
 * @throws {ActionError} IMAGE_TARGET_INVALID; NOT_RESTORABLE; REGISTRY_OPEN. @throws {ByteSourceError} FILE_EXISTS;
 * FILE_NOT_WRITABLE. @throws {RegistryError} @throws what opening and reading archives throws.
 */
export function build(
  request: BuildRequest,
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, BuiltImageDocument> {
  return startRun(async (emit) => {
    const { writeImage } = await import('./write-image.ts')
    return writeImage(request, context, emit, signal)
  }, coalesceProgress)
}
