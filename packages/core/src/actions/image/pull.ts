import type { PulledArchiveDocument } from '../../documents/index.ts'
import type { ActionOptions, Context } from '../context.ts'
import { type ActionEvent, coalesceProgress } from '../events.ts'
import { type Run, startRun } from '../run.ts'

export interface PullRequest {
  /** `oci://registry.example/shop/web:1` */
  readonly image: string
  /** The local folder that the archive is brought into. */
  readonly to: string
}

/**
 * Brings the archive in a checkpoint image from its registry to this machine, as it is stored, perhaps compressed. What
 * came of one that breaks is kept, and gone on with the next time.
 * @throws {ActionError} ARCHIVE_REFERENCE_INVALID; DIGEST_MISMATCH. @throws {ByteSourceError} FILE_EXISTS with other
 * content; FILE_NOT_WRITABLE. @throws {RegistryError} @throws {OciError} @throws {ClusterError} of connections.
 */
export function pull(
  request: PullRequest,
  context: Context,
  { signal }: ActionOptions,
): Run<ActionEvent, PulledArchiveDocument> {
  return startRun(async (emit) => {
    const { pullArchive } = await import('./pull-archive.ts')
    return pullArchive(request, context, emit, signal)
  }, coalesceProgress)
}
