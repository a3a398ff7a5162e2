import { type ByteSource, slice } from '../../bytes/index.ts'
import type { TarEntry } from './tar-index.ts'

/** The data of one entry of the archive in `source`. Reads nothing by itself. */
export const entrySource = (source: ByteSource, entry: TarEntry): ByteSource =>
  slice(source, entry.offset, entry.size, `${source.label}:${entry.name}`)
