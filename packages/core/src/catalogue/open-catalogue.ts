import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ByteSourceError } from '../bytes/index.ts'
import { type CatalogueEntry, formatEntry, parseEntry } from './catalogue-entry.ts'

/** What this machine remembers of the checkpoints that it asked for. */
export interface Catalogue {
  /** @throws {ByteSourceError} FILE_NOT_WRITABLE */
  record(entry: CatalogueEntry): Promise<void>
  /** All entries of one cluster, oldest first. @throws {ByteSourceError} FILE_NOT_READABLE */
  read(cluster: string): Promise<readonly CatalogueEntry[]>
}

/**
 * A catalogue in `folder`, which is made when there is something to remember: a file for each cluster, a line of JSON
 * for each entry. Commands may write at the same time, and die while they do: lines that broke off are passed over.
 */
export function openCatalogue(folder: string): Catalogue {
  const pathOf = (cluster: string): string => join(folder, `${encodeURIComponent(cluster)}.jsonl`)
  return {
    async record(entry) {
      const path = pathOf(entry.cluster)
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await using file = await open(path, 'a', 0o600)
        // The line's end comes first: whatever broke off before this spoils no entry but its own. One write, since
        // others may append, too.
        await file.write(`\n${formatEntry(entry)}`)
      } catch (cause) {
        throw notWritable(path, cause)
      }
    },
    async read(cluster) {
      const text = await readFile(pathOf(cluster), 'utf8').catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === 'ENOENT') return ''
        throw notReadable(pathOf(cluster), cause)
      })
      return text
        .split('\n')
        .flatMap((line) => parseEntry(line) ?? [])
        .filter((entry) => entry.cluster === cluster)
    },
  }
}

const notWritable = (path: string, cause: unknown): ByteSourceError =>
  new ByteSourceError('FILE_NOT_WRITABLE', `${path} cannot be written: ${(cause as Error).message}`, {
    hint: 'Checkpoints are remembered there. Make it writable, or name another folder by XDG_DATA_HOME.',
    cause,
  })

const notReadable = (path: string, cause: Error): ByteSourceError =>
  new ByteSourceError('FILE_NOT_READABLE', `${path} cannot be read: ${cause.message}`, {
    hint: 'Checkpoints are remembered there. Make it readable, or move it away.',
    cause,
  })
