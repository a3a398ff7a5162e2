// A crafted archive may tell of exabytes of holes, which would be hashed like any other zeros.
const maxHoleLength = 256 * 1024 * 1024
const zeros = new Uint8Array(64 * 1024)

/** The SHA-256 of a content whose bytes come in order, with zeros for holes between them. */
export class ContentDigest {
  // Loaded here: what extracts no files needs no digests.
  readonly #hash = process.getBuiltinModule('node:crypto').createHash('sha256')
  #end = 0
  #holeLength = 0

  add(offset: number, bytes: Uint8Array): void {
    this.#skipTo(offset)
    this.#hash.update(bytes)
    this.#end = offset + bytes.length
  }

  /** In hexadecimal, of a content of `size` bytes; undefined if more than 256 MiB of it are holes. */
  end(size: number): string | undefined {
    this.#skipTo(size)
    return this.#holeLength > maxHoleLength ? undefined : this.#hash.digest('hex')
  }

  #skipTo(offset: number): void {
    this.#holeLength += offset - this.#end
    if (this.#holeLength > maxHoleLength) return
    for (let left = offset - this.#end; left > 0; left -= zeros.length) {
      this.#hash.update(left < zeros.length ? zeros.subarray(0, left) : zeros)
    }
  }
}
