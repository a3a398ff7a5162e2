import { join } from 'node:path'
import { findSpool, inflate, openSpool } from '../bytes/index.ts'
import { type Inflate, skimArchive } from '../checkpoint/archive/index.ts'
import type { ActionEvent } from './events.ts'
import { makeFolder } from './make-folder.ts'

export interface InflateArchiveOptions {
  /** What events are about. */
  readonly item: string
  readonly cacheFolder: string
  /** What tells the bytes that were opened from all others, for as long as the cache lasts. */
  readonly identity: string
  /** Whether reading it once more costs less than to write down what comes out. */
  readonly isLocal: boolean
  readonly keepSpool: boolean
  readonly emit: (event: ActionEvent) => void
  readonly signal: AbortSignal
}

/**
 * How an action reads what is compressed: from a spool file if one was kept, or is to be; else, of a local file, in one
 * pass that keeps in memory what most questions need, and writes a file only for the others; else through a file.
 * Disposing of `resources` closes it.
 */
export function inflateArchive(options: InflateArchiveOptions, resources: AsyncDisposableStack): Inflate {
  const { item, identity, isLocal, keepSpool, emit, signal } = options
  const folder = join(options.cacheFolder, 'spool')
  return async (source, compression) => {
    // An image's layer lies in the archive of the same identity.
    const name = `${digest(`${identity}\n${source.label}\n${source.size}`)}.tar`
    const found = await findSpool(folder, name, source.label)
    if (found) return resources.use(found)
    const progress = {
      signal,
      onProgress: (doneBytes: number) => emit({ type: 'progress', item, doneBytes, totalBytes: source.size }),
    }
    const spool = async () => {
      emit({ type: 'phase', item, phase: 'spooling' })
      await makeFolder(folder)
      const keepAs = keepSpool ? { keepAs: name } : {}
      return resources.use(await openSpool(source, compression, { folder, ...keepAs, ...progress }))
    }
    if (keepSpool || !isLocal) return spool()
    emit({ type: 'phase', item, phase: 'spooling' })
    return skimArchive(inflate(source, compression, progress), source.label, spool)
  }
}

/** Loads what it needs itself: most archives aren't compressed. */
const digest = (text: string): string =>
  process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('hex').slice(0, 32)
