import {
  type ByteSource,
  type Compression,
  findCompression,
  type LocalFolder,
  type ReadOptions,
} from '../../bytes/index.ts'
import { findLayoutLayer, isImageLayout } from '../../formats/oci/index.ts'
import { buildTarIndex, readTarIndex, TarError, type TarIndex } from '../../formats/tar/index.ts'
import type { Archive } from './archive.ts'
import { buildArchive } from './build-archive.ts'
import { accessFar, accessHere, type Contents } from './contents.ts'
import { ArchiveError, notACheckpoint } from './errors.ts'

/** How to read compressed bytes from their middle. */
export type Inflate = (source: ByteSource, compression: Compression) => Promise<ByteSource>

export interface OpenArchiveOptions extends ReadOptions {
  /** Gives a source that costs little to read, and stays the caller's to close. Without it, what is compressed is refused. */
  readonly inflate?: Inflate
}

/**
 * Opens a checkpoint archive: a tar of containerd, CRI-O or Podman, one of CRIU's images alone, or a checkpoint image
 * as an oci-archive. Reads the headers of its entries, `config.dump` and `spec.dump`, in windows of 256 KiB: about one
 * read an entry that is larger than that, and a few more. `source` stays the caller's to close, after the archive's
 * last use.
 * @throws {ArchiveError} NOT_A_CHECKPOINT; ARCHIVE_COMPRESSED; BAD_METADATA.
 * @throws {TarError} every code but NOT_TAR.
 * @throws {OciError} every code.
 */
export const openArchive = async (source: ByteSource, options: OpenArchiveOptions = {}): Promise<Archive> =>
  openContents(await openTar(source, options), options)

/**
 * Opens a folder as an archive: one that an archive was unpacked into, that CRIU wrote its images to, or that holds a
 * checkpoint image as an OCI image layout.
 * @throws as `openArchive`.
 */
export const openArchiveFolder = async (
  { source, entries }: LocalFolder,
  options: OpenArchiveOptions = {},
): Promise<Archive> => openContents({ ...accessFar(source), index: buildTarIndex(entries) }, options)

async function openContents(contents: Contents, options: OpenArchiveOptions): Promise<Archive> {
  if (!isImageLayout(contents.index)) return buildArchive(contents, options)
  const layer = await findLayoutLayer(contents, options)
  // Whatever is in there, it is not taken for another image: a crafted one could hold itself.
  return buildArchive(await openTar(layer, options), options)
}

async function openTar(source: ByteSource, options: OpenArchiveOptions): Promise<Contents> {
  const { inflate } = options
  const access = accessFar(source)
  const compression = await findCompression(access.near, options)
  if (!compression) return { ...access, index: await readIndex(access.near, options) }
  if (!inflate) throw isCompressed(source, compression)
  const inflated = await inflate(source, compression)
  return { ...accessHere(inflated), index: await readIndex(inflated, options) }
}

const isCompressed = ({ label }: ByteSource, compression: Compression): ArchiveError =>
  new ArchiveError('ARCHIVE_COMPRESSED', `${label} is compressed with ${compression}`, {
    hint: `Decompress it first: ${compression === 'gzip' ? 'gunzip' : 'zstd -d'} FILE`,
  })

async function readIndex(source: ByteSource, options: ReadOptions): Promise<TarIndex> {
  try {
    return await readTarIndex(source, options)
  } catch (error) {
    if (error instanceof TarError && error.code === 'NOT_TAR') {
      throw notACheckpoint(source.label, 'it is not a tar archive', error)
    }
    throw error
  }
}
