import type { ByteSource, ReadOptions } from '../../bytes/index.ts'
import { entrySource, type TarIndex } from '../../formats/tar/index.ts'
import { findEngine, type Placement } from '../engines/index.ts'
import type { Archive, ArchivedContainer, ImageFiles } from './archive.ts'
import type { Contents } from './contents.ts'
import { ArchiveError, notACheckpoint } from './errors.ts'
import { findImagesFolder, findParentFolder, listImages, preCheckpointFolder } from './images.ts'
import { type ConfigDump, parseConfigDump, parseJson, parseSpecDump } from './metadata.ts'
import { measureArchive } from './sizes.ts'
import { type UnreadablePart, unlessUnreadable } from './unless-unreadable.ts'

// Podman's config.dump, the largest, has some 24 KB.
const maxMetadataLength = 4 * 1024 * 1024

/**
 * The archive of these contents; reads no more than its metadata.
 * @throws {ArchiveError} NOT_A_CHECKPOINT; BAD_METADATA of `config.dump`.
 */
export async function buildArchive(
  { source, near, memory, index }: Contents,
  options: ReadOptions,
): Promise<Archive> {
  const folder = findImagesFolder(index)
  const images = listImages(index, folder)
  const demand = (name: string) => {
    const entry = index.find(name)
    if (!entry) {
      throw new ArchiveError('ENTRY_MISSING', `${source.label} has no ${name}`, {
        hint: 'The checkpoint is incomplete. Make a new one.',
      })
    }
    return entry
  }
  const find = (from: ByteSource, name: string) => {
    const entry = index.find(name)
    return entry && entrySource(from, entry)
  }
  const imageFiles = (folder: string, seen: ReadonlySet<string>): ImageFiles => {
    const parent = findParentFolder(index, folder)
    return {
      image: (name) => entrySource(near, demand(pathOf(folder, name))),
      findImage: (name) => find(near, pathOf(folder, name)),
      findPages: (id) => find(memory, pathOf(folder, `pages-${id}`)),
      // A crafted link may lead back.
      ...(parent && !seen.has(parent) ? { parent: imageFiles(parent, new Set([...seen, parent])) } : {}),
    }
  }
  return {
    ...(await readDescription(near, index, images.length > 0, folder, options)),
    entries: index,
    images,
    source,
    sizes: measureArchive(source.size, index.entries, folder, images),
    entry: (name) => entrySource(source, demand(name)),
    findEntry: (name) => find(near, name),
    ...imageFiles(folder, new Set([folder])),
    prefetchImages(isWanted, readOptions) {
      const spans = images
        .filter(({ name }) => isWanted(name))
        .map(({ entry: { offset, size } }) => ({ offset, length: size }))
      return near.prefetch(spans, readOptions)
    },
    prefetchPages(pieces, readOptions) {
      const spans = pieces.flatMap(({ pagesId, offset, length }) => {
        const entry = index.find(pathOf(folder, `pages-${pagesId}`))
        return entry && offset + length <= entry.size ? [{ offset: entry.offset + offset, length }] : []
      })
      return memory.prefetch(spans, readOptions)
    },
  }
}

const pathOf = (folder: string, image: string): string => `${folder}${image}.img`

type Description = Pick<Archive, 'kind' | 'engine' | 'container' | 'config' | 'spec' | 'unreadable'>

/** What the engine says of the container, if an engine made the archive. */
async function readDescription(
  near: ByteSource,
  index: TarIndex,
  hasImages: boolean,
  folder: string,
  options: ReadOptions,
): Promise<Description> {
  if (!index.find('config.dump') && hasImages) return { kind: 'images', unreadable: [] }
  const demand = (name: string) => {
    const entry = index.find(name)
    if (!entry) throw notACheckpoint(near.label, `it has no ${name}`)
    return entrySource(near, entry)
  }
  const readJson = async (data: ByteSource) => {
    if (data.size > maxMetadataLength) {
      throw new ArchiveError('BAD_METADATA', `${data.label} is too large: ${data.size} bytes`)
    }
    return parseJson(await data.read(0, data.size, options), data.label)
  }
  const [configSource, specSource] = [demand('config.dump'), demand('spec.dump')]
  const config = await readJson(configSource)
  const configDump = parseConfigDump(config, configSource.label)
  const unreadable: UnreadablePart[] = []
  const report = (part: UnreadablePart) => void unreadable.push(part)
  const written = await unlessUnreadable('spec.dump', report, async () => {
    const spec = await readJson(specSource)
    return { spec, ...parseSpecDump(spec, specSource.label) }
  })
  const annotations = written?.annotations ?? {}
  const engine = findEngine({ annotations, has: (name) => index.find(name) !== undefined })
  return {
    kind: folder === preCheckpointFolder ? 'pre-checkpoint' : 'checkpoint',
    ...(engine ? { engine } : {}),
    container: buildContainer(configDump, engine?.placement(annotations) ?? {}),
    config,
    ...(written && { spec: written.spec }),
    unreadable,
  }
}

function buildContainer(config: ConfigDump, placement: Placement): ArchivedContainer {
  const imageRef = config.rootfsImageRef ?? config.rootfsImageID
  const pod = placement.pod ?? config.pod
  return {
    id: config.id,
    name: placement.container ?? config.name,
    ...(config.rootfsImageName ? { image: config.rootfsImageName } : {}),
    ...(imageRef ? { imageRef } : {}),
    ...(config.runtime ? { runtime: config.runtime } : {}),
    ...(config.createdTime ? { createdAt: config.createdTime } : {}),
    ...(config.checkpointedTime ? { checkpointedAt: config.checkpointedTime } : {}),
    ...(pod ? { pod } : {}),
    ...(placement.namespace ? { namespace: placement.namespace } : {}),
  }
}
