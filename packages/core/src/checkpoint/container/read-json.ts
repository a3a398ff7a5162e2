import type { ReadOptions } from '../../bytes/index.ts'
import { type Archive, ArchiveError, type ReportUnreadable, unlessUnreadable } from '../archive/index.ts'

// As much as config.dump may have. Real ones have some kilobytes.
const maxLength = 4 * 1024 * 1024

/**
 * The JSON of an entry that the archive may lack. What isn't JSON is reported. Whole numbers that JavaScript would
 * round, as times in nanoseconds are, become texts.
 */
export async function readJson(
  archive: Archive,
  entry: string,
  report: ReportUnreadable,
  options: ReadOptions,
): Promise<unknown> {
  const source = archive.findEntry(entry)
  if (!source) return undefined
  return unlessUnreadable(entry, report, async () => {
    if (source.size > maxLength) throw badMetadata(`${source.label} is too large: ${source.size} bytes`)
    const bytes = await source.read(0, source.size, options)
    try {
      return JSON.parse(new TextDecoder().decode(bytes), keepLongNumbers) as unknown
    } catch (cause) {
      throw badMetadata(`${source.label} is not as an engine writes it: it is not JSON`, cause)
    }
  })
}

const keepLongNumbers = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
  Number.isInteger(value) && !Number.isSafeInteger(value) ? context?.source : value

const badMetadata = (message: string, cause?: unknown): ArchiveError =>
  new ArchiveError('BAD_METADATA', message, { cause })
