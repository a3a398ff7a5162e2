import { deepEqual } from 'node:assert/strict'
import { memorySource } from '@kubectl-checkpoint/core/bytes'
import { buildAddressSpace } from '../../../src/checkpoint/process/address-space.ts'
import { withParentPages } from '../../../src/checkpoint/process/parent-pages.ts'

const page = 4096

describe('withParentPages', () => {
  it('reads in the earlier dump what the later one left there, and says what neither has', async () => {
    const later = buildAddressSpace(
      {
        pagesId: 1,
        runs: [
          { address: 0x1000n, pageCount: 2, where: 'parent' },
          { address: 0x3000n, pageCount: 1, where: 'present', firstPage: 0 },
        ],
        storedPageCount: 1,
      },
      memorySource(new Uint8Array(page).fill(2)),
      'later',
    )
    const earlier = buildAddressSpace(
      {
        pagesId: 1,
        runs: [{ address: 0x2000n, pageCount: 2, where: 'present', firstPage: 0 }],
        storedPageCount: 2,
      },
      memorySource(new Uint8Array(2 * page).fill(1)),
      'earlier',
    )
    const pieces = await withParentPages(later, earlier).read(0x1000n, 3 * page)
    deepEqual(
      pieces.map((piece) =>
        piece.kind === 'bytes' ? [piece.address, piece.bytes[0]] : [piece.address, piece.kind],
      ),
      [
        [0x1000n, 'not-dumped'],
        [0x2000n, 1],
        [0x3000n, 2],
      ],
    )
  })
})
