import { type ByteSource, findCompression, readAhead } from '../../bytes/index.ts'
import { entrySource, readTarIndex, type TarEntry, type TarIndex } from '../../formats/tar/index.ts'
import { quote } from '../../quote.ts'
import { FilesystemError } from './errors.ts'
import { wholeContent } from './file-content.ts'
import type { FileLayer, LayerFile, LayerOptions } from './file-layer.ts'
import { parseFilePath } from './file-path.ts'

export interface TarLayerOptions extends LayerOptions {
  /** The entry's name in the archive. */
  readonly entry: string
  readonly origin: FileLayer['origin']
  readonly mountPoint: FileLayer['mountPoint']
  /** Whether names that begin with `.wh.` stand for what was deleted, as in layers of an image. */
  readonly whiteouts?: boolean
}

const whiteout = '.wh.'
const opaque = '.wh..wh..opq'

/**
 * The files of a tar archive within the archive, compressed perhaps. Reads its headers; of a compressed one
 * everything.
 * @throws {TarError} every code.
 * @throws {FilesystemError} BAD_COMPRESSION
 */
export async function readTarLayer(source: ByteSource, options: TarLayerOptions): Promise<FileLayer> {
  const { entry, origin, mountPoint, whiteouts = false, report } = options
  const { index, data } = await readIndex(source, options)
  const files: LayerFile[] = []
  const deleted: (readonly string[])[] = []
  const emptied: (readonly string[])[] = []
  const hardLinks = new HardLinks(index, entry)
  for (const found of index.entries) {
    try {
      const parts = parseFilePath(found.name, entry)
      const folder = parts.slice(0, -1)
      const name = parts.at(-1) ?? ''
      if (!whiteouts || !name.startsWith(whiteout))
        files.push(buildFile(found, hardLinks.resolve(found), parts, data, entry))
      else if (name === opaque) emptied.push(folder)
      // Others that begin with it twice are notes of AUFS to itself.
      else if (!name.startsWith(whiteout + whiteout))
        deleted.push([...folder, ...parseFilePath(name.slice(whiteout.length), entry)])
    } catch (error) {
      if (!(error instanceof FilesystemError)) throw error
      report({ entry, code: error.code, message: error.message })
    }
  }
  return { origin, mountPoint, entry, files, deleted, emptied }
}

async function readIndex(
  source: ByteSource,
  options: TarLayerOptions,
): Promise<{ readonly index: TarIndex; readonly data: ByteSource }> {
  const near = readAhead(source)
  const compression = await findCompression(near, options)
  const data = compression ? options.inflater.open(source, compression) : source
  return { index: await readTarIndex(compression ? data : near, options), data }
}

function buildFile(
  found: TarEntry,
  target: TarEntry,
  parts: readonly string[],
  data: ByteSource,
  entry: string,
): LayerFile {
  const type = target.type === 'hardlink' ? 'file' : target.type
  return {
    parts,
    type,
    mode: found.mode & 0o7777,
    uid: found.uid,
    gid: found.gid,
    mtimeSeconds: found.mtimeSeconds,
    size: target.size,
    ...(target.type === 'symlink' ? { linkTarget: target.linkName ?? '' } : {}),
    ...(target === found ? {} : { hardLinkTo: parseFilePath(target.name, entry) }),
    ...(target.device && { device: target.device }),
    ...(type === 'file' ? { openContent: async () => wholeContent(entrySource(data, target)) } : {}),
  }
}

/** Finds the file that an entry is another name of, among those before it. */
class HardLinks {
  readonly #files = new Map<string, TarEntry>()
  readonly #index: TarIndex
  readonly #where: string

  constructor(index: TarIndex, where: string) {
    this.#index = index
    this.#where = where
  }

  /** @throws {FilesystemError} BROKEN_HARD_LINK */
  resolve(entry: TarEntry): TarEntry {
    const target = entry.type === 'hardlink' ? this.#target(entry) : entry
    this.#files.set(entry.name, target)
    return target
  }

  #target({ name, linkName = '' }: TarEntry): TarEntry {
    const target = this.#files.get(this.#index.find(linkName)?.name ?? '')
    if (target?.type === 'file') return target
    throw new FilesystemError(
      'BROKEN_HARD_LINK',
      `${this.#where}: ${quote(JSON.stringify(name))} is a link to ${quote(JSON.stringify(linkName))}, which isn't there`,
    )
  }
}
