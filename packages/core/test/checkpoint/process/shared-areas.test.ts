import { deepEqual, equal } from 'node:assert/strict'
import { memorySource } from '@kubectl-checkpoint/core/bytes'
import fc from 'fast-check'
import { type AddressSpace, buildAddressSpace } from '../../../src/checkpoint/process/address-space.ts'
import { type SharedArea, withSharedAreas } from '../../../src/checkpoint/process/shared-areas.ts'

const page = 4096

/** Pages from address 0 on, all filled with one number. */
function filled(number: number, pageCount: number): AddressSpace {
  const run = { address: 0n, pageCount, where: 'present', firstPage: 0 } as const
  const pageMap = { pagesId: 1, runs: [run], storedPageCount: pageCount }
  return buildAddressSpace(pageMap, memorySource(new Uint8Array(pageCount * page).fill(number)), 'test')
}

async function cells(space: AddressSpace, start: number, length: number): Promise<(number | string)[]> {
  let address = BigInt(start)
  return (await space.read(BigInt(start), length)).flatMap((piece) => {
    equal(piece.address, address)
    const found: (number | string)[] =
      piece.kind === 'bytes' ? [...piece.bytes] : Array<string>(piece.byteLength).fill(piece.kind)
    address += BigInt(found.length)
    return found
  })
}

describe('withSharedAreas', () => {
  it('finds a segment where the process shows it, from the offset on that it shows', async () => {
    const segment = filled(7, 2)
    const area = { start: 0x2000n, end: 0x4000n, segment, offset: 0x1000n }
    const space = withSharedAreas(filled(1, 1), [area])
    deepEqual(await cells(space, page - 1, page + 3), [1, ...Array(page).fill('not-dumped'), 7, 7])
    deepEqual(await cells(space, 0x2fff, 2), [7, 'not-dumped'])
  })

  it('agrees with an array on random areas and reads', async () => {
    const lengths = fc.array(fc.record({ gap: fc.nat(50), length: fc.integer({ min: 1, max: 50 }) }))
    await fc.assert(
      fc.asyncProperty(lengths, fc.nat(500), fc.nat(500), async (layout, start, length) => {
        const model: (number | string)[] = Array(page).fill(1)
        let next = 0
        const areas = layout.map(({ gap, length }): SharedArea => {
          const from = next + gap
          next = from + length
          model.fill(2, from, next)
          return { start: BigInt(from), end: BigInt(next), segment: filled(2, 1), offset: 3n }
        })
        deepEqual(
          await cells(withSharedAreas(filled(1, 1), areas), start, length),
          Array.from({ length }, (_, index) => model[start + index] ?? 'not-dumped'),
        )
      }),
      { numRuns: 50 },
    )
  })
})
