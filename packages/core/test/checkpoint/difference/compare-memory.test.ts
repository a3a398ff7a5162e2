import assert from 'node:assert/strict'
import { compareMemory, type Memory } from '../../../src/checkpoint/difference/compare-memory.ts'
import type { MemoryPiece } from '../../../src/checkpoint/process/index.ts'
import { mapping } from './sample.ts'

const pageSize = 4096

/** Pages by their number, each filled with a value; counts what is read. */
function memory(pages: Readonly<Record<number, number>>): Memory & { readonly bytesRead: number } {
  const numbers = Object.keys(pages).map(Number)
  const space = {
    pageSize,
    bytesRead: 0,
    runs: numbers.map((page, index) => ({
      address: BigInt(page * pageSize),
      pageCount: 1,
      where: 'present' as const,
      firstPage: index,
    })),
    async read(address: bigint, byteLength: number) {
      assert.ok(byteLength <= 1024 * 1024)
      return Array.from({ length: byteLength / pageSize }, (_, index): MemoryPiece => {
        const at = address + BigInt(index * pageSize)
        const value = pages[Number(at) / pageSize]
        if (value === undefined) return { kind: 'not-dumped', address: at, byteLength: pageSize }
        space.bytesRead += pageSize
        return { kind: 'bytes', address: at, bytes: new Uint8Array(pageSize).fill(value) }
      })
    },
  }
  return space
}

describe('compareMemory', () => {
  it('counts the pages that differ, by mapping', async () => {
    const mappings = [mapping(0x10000, 0x14000, '[heap]'), mapping(0x20000, 0x21000)]
    const difference = await compareMemory(
      { space: memory({ 16: 1, 17: 2, 18: 3, 32: 5 }), mappings },
      { space: memory({ 16: 1, 17: 9, 19: 4, 32: 5 }), mappings },
    )
    const heap = { equalPages: 1, changedPages: 1, onlyInA: 1, onlyInB: 1 }
    assert.deepEqual(difference, {
      pageSizeBytes: 4096,
      ...heap,
      equalPages: 2,
      mappings: [{ path: '[heap]', permissions: 'rw-p', startInA: '0x10000', startInB: '0x10000', ...heap }],
    })
  })

  it('finds nothing where all pages are equal', async () => {
    const side = { space: memory({ 16: 1 }), mappings: [mapping(0x10000, 0x11000)] }
    assert.equal(await compareMemory(side, side), undefined)
  })

  it('compares mappings that lie elsewhere, or are longer on one side', async () => {
    const difference = await compareMemory(
      { space: memory({ 16: 1 }), mappings: [mapping(0x10000, 0x11000, '[stack]')] },
      { space: memory({ 80: 1, 81: 2 }), mappings: [mapping(0x50000, 0x52000, '[stack]')] },
    )
    assert.deepEqual([difference?.equalPages, difference?.onlyInB], [1, 1])
    assert.equal(difference?.mappings[0]?.startInB, '0x50000')
  })

  it('reads each page once, whatever mappings overlap, and none of what is not there', async () => {
    const space = memory(Object.fromEntries(Array.from({ length: 1024 }, (_, page) => [page + 16, 1])))
    const mappings = Array.from({ length: 2000 }, (_, index) => mapping(0x10000 + index, 2 ** 46))
    await compareMemory({ space, mappings }, { space, mappings })
    assert.equal(space.bytesRead, 2 * 1024 * pageSize)
  })

  it('reads shared memory, of which the page map of the process knows nothing', async () => {
    const shared = { permissions: 'rw-s' }
    const difference = await compareMemory(
      {
        space: { ...memory({ 16: 1 }), runs: [] },
        mappings: [mapping(0x10000, 0x11000, '/dev/zero', shared)],
      },
      {
        space: { ...memory({ 16: 2 }), runs: [] },
        mappings: [mapping(0x10000, 0x11000, '/dev/zero', shared)],
      },
    )
    assert.equal(difference?.changedPages, 1)
  })
})
