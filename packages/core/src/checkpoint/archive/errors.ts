import { CheckpointError } from '../../errors.ts'

export type ArchiveErrorCode =
  /** Neither a tar archive nor a folder with config.dump and spec.dump, or with CRIU's images. */
  | 'NOT_A_CHECKPOINT'
  /** gzip or zstd, which can't be read from the middle. */
  | 'ARCHIVE_COMPRESSED'
  /** config.dump or spec.dump isn't what an engine writes. */
  | 'BAD_METADATA'
  /** The archive lacks an entry that is needed. */
  | 'ENTRY_MISSING'

export class ArchiveError extends CheckpointError<ArchiveErrorCode> {}

export const notACheckpoint = (label: string, reason: string, cause?: unknown): ArchiveError =>
  new ArchiveError('NOT_A_CHECKPOINT', `${label} is not a checkpoint: ${reason}`, {
    hint: 'Name an archive that a kubelet or `podman container checkpoint --export` wrote.',
    cause,
  })
