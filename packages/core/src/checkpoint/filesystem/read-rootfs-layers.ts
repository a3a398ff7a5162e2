import type { Archive } from '../archive/index.ts'
import { FilesystemError } from './errors.ts'
import type { FileLayer, LayerOptions } from './file-layer.ts'
import { parseFilePath, resolveParts } from './file-path.ts'
import { readPart } from './read-part.ts'
import { readTarLayer } from './read-tar-layer.ts'

const difference = 'rootfs-diff.tar'
const deletedFiles = 'deleted.files'
const maxListLength = 32 * 1024 * 1024
const root = { parts: [] }

/** What the container changed and deleted of its image. */
export async function readRootfsLayers(
  archive: Archive,
  options: LayerOptions,
): Promise<readonly FileLayer[]> {
  const read = async (entry: string, read: () => Promise<FileLayer>) =>
    archive.entries.find(entry) ? readPart(entry, options.report, async () => [await read()]) : []
  return [
    ...(await read(difference, async () => ({
      ...(await readTarLayer(archive.entry(difference), {
        entry: difference,
        origin: 'rootfs',
        mountPoint: root,
        // It alone writes what it deleted as layers of images do; for the others, such a name is a name.
        whiteouts: archive.engine?.name === 'containerd',
        ...options,
      })),
      mountedOn: findMountPoints(archive.spec),
    }))),
    ...(await read(deletedFiles, () => readDeletedFiles(archive, options))),
  ]
}

/** The engine's mounts alone: what processes mounted later lies on files and folders that they made themselves. */
function findMountPoints(spec: unknown): readonly string[] {
  const mounts = (spec as { mounts?: unknown } | undefined)?.mounts
  return (Array.isArray(mounts) ? mounts : []).flatMap((mount) => {
    if (typeof mount?.destination !== 'string') return []
    const path = `/${resolveParts(mount.destination).join('/')}`
    // In most images, /var/run is a link to /run.
    return [path, path.replace(/^\/var\/run\//, '/run/')]
  })
}

/** CRI-O's and Podman's list, in JSON: `["/etc/motd"]`. */
async function readDeletedFiles(archive: Archive, { report, ...options }: LayerOptions): Promise<FileLayer> {
  const source = archive.entry(deletedFiles)
  if (source.size > maxListLength) throw badList(`${source.size} bytes are too many`)
  const deleted: (readonly string[])[] = []
  for (const path of parseList(await source.read(0, source.size, options))) {
    try {
      deleted.push(parseFilePath(path, deletedFiles))
    } catch (error) {
      if (!(error instanceof FilesystemError)) throw error
      report({ entry: deletedFiles, code: error.code, message: error.message })
    }
  }
  return { origin: 'rootfs', mountPoint: root, entry: deletedFiles, files: [], deleted }
}

function parseList(bytes: Uint8Array): readonly string[] {
  let list: unknown
  try {
    list = JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    throw badList('it is not JSON', cause)
  }
  if (list === null) return []
  if (Array.isArray(list) && list.every((path) => typeof path === 'string')) return list
  throw badList('it is not a list of paths')
}

const badList = (reason: string, cause?: unknown): FilesystemError =>
  new FilesystemError('BAD_DELETED_FILES', `${deletedFiles} is not as an engine writes it: ${reason}`, {
    cause,
  })
