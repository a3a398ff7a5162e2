import { ByteSourceError } from './errors.ts'

export interface ReadOptions {
  readonly signal?: AbortSignal
}

/** Bytes readable at any offset, wherever they live. Whoever opens one closes it; wrappers never do. */
export interface ByteSource {
  /** Where the bytes are, for messages: `node-a:checkpoint-web-0_shop-cache-….tar`. */
  readonly label: string
  /** Length in bytes, fixed at opening. */
  readonly size: number
  /**
   * Reads exactly `length` bytes into a fresh array. May cost one network round trip.
   * @throws {ByteSourceError} OUT_OF_RANGE; TRUNCATED; CHANGED since it was opened.
   */
  read(offset: number, length: number, options?: ReadOptions): Promise<Uint8Array>
}

/** What every `open…` returns: `await using file = await openLocalFile(path)`. */
export type OpenByteSource = ByteSource & AsyncDisposable

/** @throws {ByteSourceError} OUT_OF_RANGE unless `[offset, offset + length)` lies in `source`. */
export function checkRange(source: Pick<ByteSource, 'label' | 'size'>, offset: number, length: number): void {
  const whole = Number.isSafeInteger(offset) && Number.isSafeInteger(length)
  if (!whole || offset < 0 || length < 0 || offset + length > source.size) {
    throw new ByteSourceError(
      'OUT_OF_RANGE',
      `${source.label}: ${length} bytes at ${offset} do not lie in its ${source.size}`,
    )
  }
}
