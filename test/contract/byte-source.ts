import { deepEqual, equal, rejects } from 'node:assert/strict'
import type { ByteSource } from '@kubectl-checkpoint/core/bytes'

/** What the source under test holds, so that the suite knows each byte. */
export const contractBytes = Uint8Array.from({ length: 300_007 }, (_, at) => (at * 31 + (at >> 8)) & 0xff)

/** What every ByteSource must do, whatever it reads from. `open` gives one that holds `contractBytes`. */
export function byteSourceContract(
  name: string,
  open: () => Promise<{ source: ByteSource; close(): Promise<void> }>,
): void {
  describe(`${name} as a ByteSource`, () => {
    let source: ByteSource
    let close: () => Promise<void>
    before(async () => {
      ;({ source, close } = await open())
    })
    after(() => close())

    const expectRead = async (offset: number, length: number) =>
      deepEqual(
        Buffer.from(await source.read(offset, length)),
        Buffer.from(contractBytes.subarray(offset, offset + length)),
      )

    it('knows its size and names where it is', () => {
      equal(source.size, contractBytes.length)
      equal(source.label.length > 0, true)
    })
    it('reads exactly what is asked for, anywhere', async () => {
      for (const [offset, length] of [
        [0, 1],
        [0, 512],
        [511, 2],
        [100_000, 70_000],
        [contractBytes.length - 1, 1],
        [0, contractBytes.length],
      ] as const)
        await expectRead(offset, length)
    })
    it('reads nothing at its end', async () => {
      equal((await source.read(contractBytes.length, 0)).length, 0)
    })
    it('gives each reader an array of its own', async () => {
      const first = await source.read(10, 4)
      first.fill(0)
      await expectRead(10, 4)
    })
    it('answers reads that overlap in time', async () => {
      await Promise.all(Array.from({ length: 20 }, (_, at) => expectRead(at * 1000, 1500)))
    })
    it('refuses a read that leaves it', async () => {
      for (const [offset, length] of [
        [-1, 1],
        [0, -1],
        [0, contractBytes.length + 1],
        [contractBytes.length, 1],
        [0.5, 1],
        [Number.NaN, 1],
        [2 ** 53, 1],
      ] as const)
        await rejects(source.read(offset, length), { code: 'OUT_OF_RANGE' })
    })
    it('passes an abort through as it is, and can be read afterwards', async () => {
      const reason = new Error('changed my mind')
      await rejects(source.read(0, 10, { signal: AbortSignal.abort(reason) }), reason)
      await expectRead(0, 10)
    })
  })
}
