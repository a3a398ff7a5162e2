import type { ReadOptions } from '../../bytes/index.ts'
import type { LogDocument } from '../../documents/index.ts'
import type { Archive } from '../archive/index.ts'
import { containerd, crio, podman } from '../engines/index.ts'
import { parseLog } from './parse-log.ts'

export interface LogOptions extends ReadOptions {
  /** How much of the end of the log is read. Default: 64 KiB. */
  readonly maxBytes?: number
}

/**
 * The end of what the container wrote to its standard output and error, whoever kept it in the archive. One read.
 * Undefined where there is no log.
 */
export async function readLog(archive: Archive, options: LogOptions = {}): Promise<LogDocument | undefined> {
  const { maxBytes = 64 * 1024, ...readOptions } = options
  const entry = [archive.engine ?? containerd, containerd, crio, podman]
    .map(({ logEntry }) => logEntry)
    .find((name) => archive.findEntry(name))
  if (entry === undefined) return undefined
  const source = archive.entry(entry)
  const length = Math.min(source.size, maxBytes)
  const truncated = length < source.size
  const text = new TextDecoder().decode(await source.read(source.size - length, length, readOptions))
  // The first line is one that the beginning is missing of.
  const whole = truncated ? text.slice(text.indexOf('\n') + 1) : text
  const ended = whole.endsWith('\n') ? whole.slice(0, -1) : whole
  return { entry, sizeBytes: source.size, lines: ended === '' ? [] : parseLog(ended), truncated }
}
