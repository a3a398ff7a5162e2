import {
  type ByteSource,
  ByteSourceError,
  type Compression,
  checkRange,
  type ForwardSource,
  forwardSource,
  inflate,
  type ReadOptions,
} from '../../bytes/index.ts'
import { FilesystemError } from './errors.ts'

/** What gzip makes of a byte at most; zstd can make more, but not of files that anyone would write. */
const maxInflation = 1032

/** Makes compressed sources readable, of which one at a time keeps what inflating takes: several MiB. */
export interface Inflater {
  /**
   * Inflates `source` as it is read: forward at the cost of inflating what lies between; a read of what was passed
   * begins anew, as does one after that of another source. How many bytes there are isn't known before their end:
   * `size` is what they can be at most, and a read past their end BAD_COMPRESSION, as is one of what is damaged.
   */
  open(source: ByteSource, compression: Compression): ByteSource
}

export function createInflater(): Inflater {
  let active: Passage | undefined
  let last: Promise<unknown> = Promise.resolve()
  const use = (passage: Passage) => {
    if (active !== passage) active?.rewind()
    active = passage
    return passage
  }
  return {
    open(source, compression) {
      const passage = new Passage(source, compression)
      return {
        label: source.label,
        size: source.size * maxInflation,
        read(offset, length, options = {}) {
          checkRange(this, offset, length)
          // One after another, as all of them share what inflates.
          const read = last.then(() => use(passage).read(offset, length, options))
          last = read.catch(() => passage.rewind())
          return read
        },
      }
    },
  }
}

/** A way through what a source has compressed, forward only. */
class Passage {
  readonly #source: ByteSource
  readonly #compression: Compression
  #inflating: AsyncGenerator<Uint8Array> | undefined
  #forward: ForwardSource | undefined
  /** Where the last read ended. */
  #position = 0

  constructor(source: ByteSource, compression: Compression) {
    this.#source = source
    this.#compression = compression
  }

  rewind(): void {
    // Not awaited, and of no interest any more: it ends when it has done what it is at.
    this.#inflating?.return(undefined).catch(() => {})
    this.#inflating = undefined
    this.#forward = undefined
    this.#position = 0
  }

  async read(offset: number, length: number, options: ReadOptions): Promise<Uint8Array> {
    if (offset < this.#position) this.rewind()
    // A signal given here would end it for other readers, too.
    this.#inflating ??= inflate(this.#source, this.#compression)
    this.#forward ??= forwardSource(this.#inflating, this.#source.label)
    const bytes = await this.#forward.read(offset, length, options).catch((error) => {
      throw isBroken(error) ? badCompression(error) : error
    })
    this.#position = offset + length
    return bytes
  }
}

/** Whether it is what was compressed that is to blame, and not the way to it. */
const isBroken = (error: unknown): error is ByteSourceError =>
  error instanceof ByteSourceError &&
  /^(TRUNCATED|COMPRESSED_TRUNCATED|COMPRESSED_DAMAGED|TRAILING_BYTES|INFLATED_TOO_LARGE)$/.test(error.code)

const badCompression = (cause: ByteSourceError): FilesystemError =>
  new FilesystemError('BAD_COMPRESSION', cause.message, { cause })
