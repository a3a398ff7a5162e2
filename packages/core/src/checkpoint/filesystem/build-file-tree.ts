import { quote } from '../../quote.ts'
import type { UnreadablePart } from '../archive/index.ts'
import { FilesystemError } from './errors.ts'
import type { FileLayer, LayerFile } from './file-layer.ts'
import type { FileChange, FileNode, FileOrigin, FileTree } from './file-node.ts'
import { resolveParts } from './file-path.ts'

// Above what the engines can checkpoint, and low enough that a crafted archive doesn't fill the memory.
const maxFiles = 500_000

/** A path that is in the tree, and what is known of it: nothing, of a folder that only leads to others. */
interface Place {
  readonly name: string
  readonly path: string
  readonly children: Map<string, Place>
  /** Of layers and of files in them, the order in which they came. */
  position: number
  file?: PlacedFile
}

interface PlacedFile extends Omit<LayerFile, 'parts' | 'hardLinkTo'> {
  readonly origin: FileOrigin
  readonly change: FileChange
  readonly hardLinkTo?: string
}

/**
 * Puts layers together, later ones over earlier ones, as mounts cover what is below them. Deleted files never cover
 * what is there: those with a content stand beside it as `NAME (deleted)`, as Linux would show them.
 * @param unreadable What is known to be missing from them.
 */
export function buildFileTree(
  layers: readonly FileLayer[],
  unreadable: readonly UnreadablePart[] = [],
): FileTree {
  const misplaced: UnreadablePart[] = []
  const places = new Places()
  const addAll = <Item>({ entry }: FileLayer, items: readonly Item[], add: (item: Item) => void) => {
    for (const item of items) {
      try {
        add(item)
      } catch (error) {
        if (!(error instanceof FilesystemError)) throw error
        const { code, message } = error
        misplaced.push({ entry, code, message })
        if (code === 'TOO_MANY_FILES') return
      }
    }
  }
  const [ghosts, others] = [
    layers.filter(({ origin }) => origin === 'ghost'),
    layers.filter(({ origin }) => origin !== 'ghost'),
  ]
  for (const layer of others) addAll(layer, layer.files, (file) => places.add(layer, file))
  for (const layer of ghosts) addAll(layer, layer.files, (file) => places.addGhost(layer, file))
  for (const layer of others) {
    addAll(layer, layer.deleted ?? [], (parts) => places.markDeleted(layer, parts))
    addAll(layer, layer.emptied ?? [], (parts) => places.markEmptied(layer, parts))
  }
  const mountedOn = new Set(layers.flatMap(({ mountedOn = [] }) => mountedOn))
  return finish(places, mountedOn, [...unreadable, ...misplaced])
}

class Places {
  readonly #root: Place = { name: '', path: '/', children: new Map(), position: 0 }
  readonly #others = new Map<string, Place>()
  /** How many deleted files share a path that is taken. */
  readonly #copies = new Map<string, number>()
  #count = 0
  #files = 0

  get roots(): readonly Place[] {
    return [this.#root, ...sorted(this.#others)]
  }

  /** @throws {FilesystemError} NOT_A_FOLDER; TOO_MANY_FILES; so do the others. */
  add(layer: FileLayer, { parts, hardLinkTo, ...file }: LayerFile): void {
    const root = this.#mountPoint(layer)
    const place = this.#below(root, parts)
    if (place.children.size > 0 && file.type !== 'directory') throw notAFolder(place)
    this.#files += 1
    place.position = this.#files
    place.file = {
      ...file,
      ...(hardLinkTo && { hardLinkTo: hardLinkTo.reduce(joinPath, root.path) }),
      origin: layer.origin,
      change: layer.origin === 'rootfs' ? 'changed' : 'present',
    }
  }

  addGhost(layer: FileLayer, { parts, hardLinkTo: _, ...file }: LayerFile): void {
    let place = this.#at(layer, parts)
    const { name, path } = place
    while (place.file || place.children.size > 0) {
      const count = (this.#copies.get(path) ?? 0) + 1
      this.#copies.set(path, count)
      const beside = `${name} (deleted${count === 1 ? '' : ` ${count}`})`
      place = this.#at(layer, [...parts.slice(0, -1), beside])
    }
    place.file = { ...file, origin: layer.origin, change: 'deleted' }
  }

  markDeleted(layer: FileLayer, parts: readonly string[]): void {
    const place = this.#at(layer, parts)
    if (!place.file) {
      const type = place.children.size > 0 ? 'directory' : 'unknown'
      place.file = { type, size: 0, origin: layer.origin, change: 'deleted' }
    } else if (place.file.type === 'directory' && place.file.change === 'changed') {
      place.file = { ...place.file, change: 'replaced' }
    }
  }

  markEmptied(layer: FileLayer, parts: readonly string[]): void {
    const place = this.#at(layer, parts)
    const file = place.file ?? { type: 'directory', size: 0, origin: layer.origin }
    place.file = { ...file, change: 'replaced' }
  }

  #at(layer: FileLayer, parts: readonly string[]): Place {
    return this.#below(this.#mountPoint(layer), parts)
  }

  #mountPoint({ mountPoint }: FileLayer): Place {
    if ('parts' in mountPoint) return this.#below(this.#root, mountPoint.parts)
    const { place } = mountPoint
    const found = this.#others.get(place) ?? this.#make(place, place)
    this.#others.set(place, found)
    return found
  }

  #below(root: Place, parts: readonly string[]): Place {
    let place = root
    for (const name of parts) {
      if (place.file && place.file.type !== 'directory') throw notAFolder(place)
      const child = place.children.get(name) ?? this.#make(name, joinPath(place.path, name))
      place.children.set(name, child)
      place = child
    }
    return place
  }

  #make(name: string, path: string): Place {
    this.#count += 1
    if (this.#count > maxFiles) throw new FilesystemError('TOO_MANY_FILES', `more than ${maxFiles} files`)
    return { name, path, children: new Map(), position: 0 }
  }
}

const joinPath = (folder: string, name: string): string =>
  folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`

const notAFolder = ({ path }: Place): FilesystemError =>
  new FilesystemError('NOT_A_FOLDER', `${quote(path)} is no folder, and yet has files in it`)

const sorted = (places: ReadonlyMap<string, Place>): readonly Place[] =>
  [...places.values()].sort((a, b) => (a.name < b.name ? -1 : 1))

/** Whether a file of the difference may be there only for something to be mounted on it, or in it. */
const isEmpty = ({ type, size, change }: PlacedFile): boolean =>
  change === 'changed' && (type === 'directory' || (type === 'file' && size === 0))

/** Whether there is nothing at a file, nor below it, but what is mounted. */
const isOfMounts = ({ change, children }: FileNode): boolean =>
  change === undefined ? children.every(isOfMounts) : change === 'mount' || change === 'present'

function finish(
  places: Places,
  mountedOn: ReadonlySet<string>,
  unreadable: readonly UnreadablePart[],
): FileTree {
  const byPath = new Map<string, FileNode>()
  const finishPlace = ({ name, path, file, children, position }: Place): FileNode => {
    const nodes = sorted(children).map(finishPlace)
    const below = nodes.reduce((total, { size }) => total + size, 0)
    const isMount = nodes.every(isOfMounts) && (nodes.length > 0 || mountedOn.has(path))
    const isFolder = !file || file.type === 'directory'
    const node: FileNode = {
      name,
      path,
      ...(file ?? { type: 'directory' }),
      ...(file && isEmpty(file) && isMount ? { change: 'mount' } : {}),
      size: isFolder ? below : file.size,
      position,
      children: nodes,
    }
    byPath.set(path, node)
    return node
  }
  const roots = places.roots.map(finishPlace)
  return {
    roots,
    unreadable,
    find: (path) => byPath.get(path) ?? byPath.get(`/${resolveParts(path).join('/')}`),
  }
}
