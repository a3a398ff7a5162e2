import type { Readable } from 'node:stream'

const lineLimit = 8192

/** Takes lines and exact byte counts off a stream, and nothing from the socket that isn't asked for. */
export interface FrameReader {
  /** The next line without its newline. Throws `closed()` at the end of the stream or after 8 KiB without one. */
  readLine(): Promise<string>
  /** Fills `target` from `offset` on and returns how far it came: its length, or less where the stream ended. */
  fill(target: Uint8Array, offset: number): Promise<number>
  /** All that follows, as it comes. Throws where the stream broke. */
  rest(): AsyncGenerator<Uint8Array>
}

/** @param closed Makes the error for a stream that ended although more was expected. */
export function frameReader(stream: Readable, closed: () => Error): FrameReader {
  const incoming: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator]()
  let pending: Uint8Array = new Uint8Array(0)
  // The iterator reports a broken stream to whoever reads; between two reads nobody listens.
  stream.on('error', () => {})

  const more = async (): Promise<boolean> => {
    const { done, value } = await incoming.next()
    if (!done) pending = pending.length === 0 ? value : Buffer.concat([pending, value])
    return !done
  }
  return {
    async readLine() {
      let end = pending.indexOf(0x0a)
      while (end < 0) {
        if (pending.length > lineLimit || !(await more())) throw closed()
        end = pending.indexOf(0x0a)
      }
      const line = Buffer.from(pending.buffer, pending.byteOffset, end).toString()
      pending = pending.subarray(end + 1)
      return line
    },
    async fill(target, offset) {
      let filled = offset
      while (filled < target.length) {
        if (pending.length === 0) {
          // A broken stream keeps what it brought: the caller goes on from there.
          if (!(await more().catch(() => false))) return filled
        }
        const taken = pending.subarray(0, target.length - filled)
        target.set(taken, filled)
        pending = pending.subarray(taken.length)
        filled += taken.length
      }
      return filled
    },
    async *rest() {
      if (pending.length > 0) yield pending
      yield* { [Symbol.asyncIterator]: () => incoming }
    },
  }
}
