import {
  type ByteSource,
  findCompression,
  type LocalFolder,
  type PrefetchingSource,
  prefetching,
  type ReadOptions,
  readAhead,
} from '../../bytes/index.ts'
import { buildTarIndex, readTarIndex, TarError, type TarIndex } from '../../formats/tar/index.ts'
import type { Archive } from './archive.ts'
import { buildArchive } from './build-archive.ts'
import { ArchiveError, notACheckpoint } from './errors.ts'

/**
 * Opens a checkpoint archive: an uncompressed tar of containerd, CRI-O or Podman, or one of CRIU's images alone. Reads
 * the headers of its entries, `config.dump` and `spec.dump`, in windows of 256 KiB: about one read an entry that is
 * larger than that, and a few more. `source` stays the caller's to close, after the archive's last use.
 * @throws {ArchiveError} NOT_A_CHECKPOINT; ARCHIVE_COMPRESSED; BAD_METADATA.
 * @throws {TarError} every code but NOT_TAR.
 */
export async function openArchive(source: ByteSource, options: ReadOptions = {}): Promise<Archive> {
  const near = nearReads(source)
  await refuseCompressed(near, options)
  return buildArchive(source, near, await readEntries(near, options), options)
}

/**
 * Opens a folder as an archive: one that an archive was unpacked into, or that CRIU wrote its images to.
 * @throws {ArchiveError} NOT_A_CHECKPOINT; BAD_METADATA.
 */
export function openArchiveFolder(
  { source, entries }: LocalFolder,
  options: ReadOptions = {},
): Promise<Archive> {
  return buildArchive(source, nearReads(source), buildTarIndex(entries), options)
}

const nearReads = (source: ByteSource): PrefetchingSource =>
  prefetching(source, { otherwise: readAhead(source) })

async function refuseCompressed(source: ByteSource, options: ReadOptions): Promise<void> {
  const compression = await findCompression(source, options)
  if (compression) {
    throw new ArchiveError('ARCHIVE_COMPRESSED', `${source.label} is compressed with ${compression}`, {
      hint: `Decompress it first: ${compression === 'gzip' ? 'gunzip' : 'zstd -d'} FILE`,
    })
  }
}

async function readEntries(source: ByteSource, options: ReadOptions): Promise<TarIndex> {
  try {
    return await readTarIndex(source, options)
  } catch (error) {
    if (error instanceof TarError && error.code === 'NOT_TAR') {
      throw notACheckpoint(source.label, 'it is not a tar archive', error)
    }
    throw error
  }
}
