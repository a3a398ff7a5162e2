import type { ReadOptions } from '../../bytes/index.ts'
import { memfdsImage, readImage } from '../../formats/criu/index.ts'
import type { Archive } from '../archive/index.ts'
import { badContent } from './file-content.ts'
import type { FileLayer, LayerOptions } from './file-layer.ts'
import { readPart } from './read-part.ts'
import { openSharedMemory } from './shared-memory-content.ts'

/** Files that exist in memory alone, each in a place of its own: `memfd:NAME`, `memfd:NAME (2)` … */
export async function readMemfdLayers(
  archive: Archive,
  { report, ...options }: LayerOptions,
): Promise<readonly FileLayer[]> {
  const image = archive.images.find(({ name }) => name === 'memfd')
  if (!image) return []
  const { name: entry } = image.entry
  return readPart(entry, report, async () => {
    const source = archive.image(image.name)
    const memfds = [...(await readImage(memfdsImage, source, options)).values()]
    const findPlace = places()
    return (
      memfds
        // Anonymous memory that processes share, which the kernel keeps as a file of this name.
        .filter(({ name }) => name !== '/dev/zero')
        .map((memfd) => {
          const { name, sizeBytes, sharedMemoryId, mode, uid, gid } = memfd
          const size = Number(sizeBytes)
          if (!Number.isSafeInteger(size)) throw badContent(source.label, `${sizeBytes} bytes of a file`)
          return {
            origin: 'memfd',
            mountPoint: { place: findPlace(name) },
            entry,
            files: [
              {
                parts: [],
                type: 'file',
                mode: mode & 0o7777,
                uid,
                gid,
                size,
                openContent: (options?: ReadOptions) =>
                  openSharedMemory(archive, sharedMemoryId, size, options),
              },
            ],
          } as const
        })
    )
  })
}

/** A function that gives each memfd a place that no other has: one may be called `x (2)`, as is the second `x`. */
function places(): (name: string) => string {
  const counts = new Map<string, number>()
  const taken = new Set<string>()
  return (name) => {
    let count = counts.get(name) ?? 0
    let place: string
    do {
      count += 1
      place = `memfd:${escapeName(name)}${count === 1 ? '' : ` (${count})`}`
    } while (taken.has(place))
    counts.set(name, count)
    taken.add(place)
    return place
  }
}

/** Slashes would make folders of it, and no file can be written with a NUL in its name. */
const escapeName = (name: string): string =>
  name.replaceAll('%', '%25').replaceAll('/', '%2F').replaceAll('\0', '%00')
