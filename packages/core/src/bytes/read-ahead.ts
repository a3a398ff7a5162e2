import { untilAborted } from '../until-aborted.ts'
import { type ByteSource, checkRange } from './byte-source.ts'

export interface ReadAheadOptions {
  /** Bytes fetched where fewer are asked for. */
  readonly windowLength?: number
  /** Windows kept, the least recently used goes first. */
  readonly windows?: number
}

interface Window {
  readonly start: number
  readonly end: number
  readonly bytes: Promise<Uint8Array>
}

/**
 * Turns many small reads into few larger ones. A read that no kept window covers fetches a window from where it
 * starts: formats that hop forward (tar headers, image framing) find their next bytes there. Reads of a window's
 * length or more pass through unkept. Memory: at most `windows` × `windowLength`.
 */
export function readAhead(source: ByteSource, options: ReadAheadOptions = {}): ByteSource {
  const { windowLength = 256 * 1024, windows: limit = 8 } = options
  let windows: Window[] = []
  return {
    label: source.label,
    size: source.size,
    async read(offset, length, readOptions) {
      readOptions?.signal?.throwIfAborted()
      checkRange(this, offset, length)
      if (length >= windowLength) return source.read(offset, length, readOptions)
      let window = windows.find(({ start, end }) => start <= offset && offset + length <= end)
      if (window) {
        windows = windows.filter((kept) => kept !== window)
      } else {
        const end = Math.min(source.size, offset + windowLength)
        // Without the caller's signal: others may be waiting for the same window.
        window = { start: offset, end, bytes: source.read(offset, end - offset) }
      }
      const found = window
      windows.push(found)
      windows = windows.slice(-limit)
      try {
        const bytes = await untilAborted(found.bytes, readOptions?.signal)
        return bytes.slice(offset - found.start, offset - found.start + length)
      } catch (error) {
        // Also after an abort: whoever asks again must not wait for a read that may hang.
        windows = windows.filter((kept) => kept !== found)
        throw error
      }
    },
  }
}
