import { type ByteSource, type ReadOptions, readAhead } from '../../bytes/index.ts'
import { entrySource, readTarIndex, TarError, type TarIndex } from '../../formats/tar/index.ts'
import { findEngine, type Placement } from '../engines/index.ts'
import type { Archive, ArchivedContainer } from './archive.ts'
import { ArchiveError } from './errors.ts'
import { type ConfigDump, parseConfigDump, parseSpecDump } from './metadata.ts'
import { measureArchive } from './sizes.ts'

// Podman's config.dump, the largest, has some 24 KB.
const maxMetadataLength = 4 * 1024 * 1024

/**
 * Opens a checkpoint archive: an uncompressed tar of containerd, CRI-O or Podman. Reads the headers of its entries,
 * `config.dump` and `spec.dump`, in windows of 256 KiB: about one read an entry that is larger than that, and a few
 * more. `source` stays the caller's to close, after the archive's last use.
 * @throws {ArchiveError} NOT_A_CHECKPOINT; ARCHIVE_COMPRESSED; BAD_METADATA.
 * @throws {TarError} every code but NOT_TAR.
 */
export async function openArchive(source: ByteSource, options: ReadOptions = {}): Promise<Archive> {
  const near = readAhead(source)
  await refuseCompressed(near, options)
  const entries = await readIndex(near, options)
  const readMetadata = async <Value>(name: string, parse: (bytes: Uint8Array, where: string) => Value) => {
    const entry = entries.find(name)
    if (!entry) throw notACheckpoint(source, `it has no ${name}`)
    const data = entrySource(near, entry)
    if (data.size > maxMetadataLength) {
      throw new ArchiveError('BAD_METADATA', `${data.label} is too large: ${data.size} bytes`)
    }
    return parse(await data.read(0, data.size, options), data.label)
  }
  const config = await readMetadata('config.dump', parseConfigDump)
  const { annotations } = await readMetadata('spec.dump', parseSpecDump)
  const engine = findEngine({ annotations, has: (name) => entries.find(name) !== undefined })
  const demand = (name: string) => {
    const entry = entries.find(name)
    if (!entry) {
      throw new ArchiveError('ENTRY_MISSING', `${source.label} has no ${name}`, {
        hint: 'The checkpoint is incomplete. Make a new one.',
      })
    }
    return entry
  }
  return {
    ...(engine ? { engine } : {}),
    container: buildContainer(config, engine?.placement(annotations) ?? {}),
    entries,
    source,
    sizes: measureArchive(source.size, entries),
    entry: (name) => entrySource(source, demand(name)),
    image: (name) => entrySource(near, demand(`checkpoint/${name}.img`)),
    findImage(name) {
      const entry = entries.find(`checkpoint/${name}.img`)
      return entry && entrySource(near, entry)
    },
  }
}

const compressions = [
  { name: 'gzip', magic: [0x1f, 0x8b], command: 'gunzip' },
  { name: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd], command: 'zstd -d' },
] as const

async function refuseCompressed(source: ByteSource, options: ReadOptions): Promise<void> {
  const start = await source.read(0, Math.min(4, source.size), options)
  const compression = compressions.find(({ magic }) => magic.every((byte, index) => start[index] === byte))
  if (compression) {
    throw new ArchiveError('ARCHIVE_COMPRESSED', `${source.label} is compressed with ${compression.name}`, {
      hint: `Decompress it first: ${compression.command} FILE`,
    })
  }
}

async function readIndex(source: ByteSource, options: ReadOptions): Promise<TarIndex> {
  try {
    return await readTarIndex(source, options)
  } catch (error) {
    if (error instanceof TarError && error.code === 'NOT_TAR') {
      throw notACheckpoint(source, 'it is not a tar archive', error)
    }
    throw error
  }
}

const notACheckpoint = (source: ByteSource, reason: string, cause?: unknown): ArchiveError =>
  new ArchiveError('NOT_A_CHECKPOINT', `${source.label} is not a checkpoint: ${reason}`, {
    hint: 'Name an archive that a kubelet or `podman container checkpoint --export` wrote.',
    cause,
  })

function buildContainer(config: ConfigDump, placement: Placement): ArchivedContainer {
  const imageRef = config.rootfsImageRef ?? config.rootfsImageID
  return {
    id: config.id,
    name: placement.container ?? config.name,
    ...(config.rootfsImageName ? { image: config.rootfsImageName } : {}),
    ...(imageRef ? { imageRef } : {}),
    ...(config.runtime ? { runtime: config.runtime } : {}),
    ...(config.createdTime ? { createdAt: config.createdTime } : {}),
    ...(config.checkpointedTime ? { checkpointedAt: config.checkpointedTime } : {}),
    ...(placement.pod ? { pod: placement.pod } : {}),
    ...(placement.namespace ? { namespace: placement.namespace } : {}),
  }
}
