import {
  type ByteSource,
  type Compression,
  findCompression,
  type LocalFolder,
  prefetching,
  type ReadOptions,
  readAhead,
} from '../../bytes/index.ts'
import { buildTarIndex, readTarIndex, TarError, type TarIndex } from '../../formats/tar/index.ts'
import type { Archive } from './archive.ts'
import { buildArchive } from './build-archive.ts'
import { ArchiveError, notACheckpoint } from './errors.ts'

/** How to read compressed bytes from their middle. */
export type Inflate = (source: ByteSource, compression: Compression) => Promise<ByteSource>

export interface OpenArchiveOptions extends ReadOptions {
  /** Gives a source that costs little to read, and stays the caller's to close. Without it, what is compressed is refused. */
  readonly inflate?: Inflate
}

/**
 * Opens a checkpoint archive: a tar of containerd, CRI-O or Podman, or one of CRIU's images alone. Reads the headers of
 * its entries, `config.dump` and `spec.dump`, in windows of 256 KiB: about one read an entry that is larger than that,
 * and a few more. `source` stays the caller's to close, after the archive's last use.
 * @throws {ArchiveError} NOT_A_CHECKPOINT; ARCHIVE_COMPRESSED; BAD_METADATA.
 * @throws {TarError} every code but NOT_TAR.
 */
export async function openArchive(source: ByteSource, options: OpenArchiveOptions = {}): Promise<Archive> {
  const { inflate } = options
  const near = prefetching(source, { otherwise: readAhead(source) })
  const compression = await findCompression(near, options)
  if (!compression) return buildArchive(source, near, await readEntries(near, options), options)
  if (!inflate) throw isCompressed(source, compression)
  const inflated = await inflate(source, compression)
  const entries = await readEntries(inflated, options)
  // On this machine, a read costs less than to keep what it gives.
  return buildArchive(inflated, { ...inflated, prefetch: async () => {} }, entries, options)
}

/**
 * Opens a folder as an archive: one that an archive was unpacked into, or that CRIU wrote its images to.
 * @throws {ArchiveError} NOT_A_CHECKPOINT; BAD_METADATA.
 */
export function openArchiveFolder(
  { source, entries }: LocalFolder,
  options: OpenArchiveOptions = {},
): Promise<Archive> {
  const near = prefetching(source, { otherwise: readAhead(source) })
  return buildArchive(source, near, buildTarIndex(entries), options)
}

const isCompressed = ({ label }: ByteSource, compression: Compression): ArchiveError =>
  new ArchiveError('ARCHIVE_COMPRESSED', `${label} is compressed with ${compression}`, {
    hint: `Decompress it first: ${compression === 'gzip' ? 'gunzip' : 'zstd -d'} FILE`,
  })

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
