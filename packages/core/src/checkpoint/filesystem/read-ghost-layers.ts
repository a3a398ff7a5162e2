import { type Archive, unlessUnreadable } from '../archive/index.ts'
import type { FileLayer, LayerFile, LayerOptions } from './file-layer.ts'
import { parseFilePath } from './file-path.ts'
import { readGhost } from './read-ghost.ts'
import { readPart } from './read-part.ts'
import { noRemappedFiles, type RemappedFiles, readRemappedFiles } from './read-remapped-files.ts'

const remaps = 'remap-fpath.img'
/** Its ID is hexadecimal. */
const ghostImage = /^ghost-file-(?<id>[0-9a-f]{1,8})$/

/**
 * Files that were deleted while something used them, where they were.
 * @param layers The files that there are: of a deleted one that has other names, CRIU makes a new one.
 */
export async function readGhostLayers(
  archive: Archive,
  layers: readonly FileLayer[],
  { report, ...options }: LayerOptions,
): Promise<readonly FileLayer[]> {
  const read = () => readRemappedFiles(archive, options)
  const remapped = (await unlessUnreadable(remaps, report, read)) ?? noRemappedFiles
  const paths = new Map(
    remapped.files.flatMap(({ path, remap }) =>
      remap.kind === 'ghost' ? [[remap.ghostId, path] as const] : [],
    ),
  )
  const ghosts: FileLayer[] = []
  for (const { name, entry } of archive.images) {
    const { id } = ghostImage.exec(name)?.groups ?? {}
    if (id === undefined) continue
    const read = async () => {
      const path = paths.get(Number.parseInt(id, 16))
      const parts = path === undefined ? [] : parseFilePath(path, entry.name)
      const file = await readGhost(archive.image(name), parts, options)
      const mountPoint = path === undefined ? { place: `deleted:${id}` } : { parts: [] }
      return [{ origin: 'ghost', mountPoint, entry: entry.name, files: [file] } as const]
    }
    ghosts.push(...(await readPart(entry.name, report, read)))
  }
  return [...ghosts, ...(await readPart(remaps, report, async () => [readLinks(remapped, layers)]))]
}

/** Deleted files of which CRIU found another name, or made one: `link_remap.1`. */
function readLinks(remapped: RemappedFiles, layers: readonly FileLayer[]): FileLayer {
  const links = remapped.files.flatMap(({ path, remap }) =>
    remap.kind === 'link' ? [{ path, link: remapped.findPath(remap.fileId) }] : [],
  )
  // Most archives have none, and lists of all files are long.
  const files = links.length === 0 ? new Map<string, LayerFile>() : listFiles(layers)
  const found = links.flatMap(({ path, link }) => {
    const file = link === undefined ? undefined : files.get(parseFilePath(link, remaps).join('/'))
    return file ? [{ ...file, parts: parseFilePath(path, remaps) }] : []
  })
  return { origin: 'ghost', mountPoint: { parts: [] }, entry: remaps, files: found }
}

/** Files of the container by their paths. */
const listFiles = (layers: readonly FileLayer[]): ReadonlyMap<string, LayerFile> =>
  new Map(
    layers.flatMap(({ mountPoint, files }) =>
      'parts' in mountPoint
        ? files.map((file) => [[...mountPoint.parts, ...file.parts].join('/'), file] as const)
        : [],
    ),
  )
