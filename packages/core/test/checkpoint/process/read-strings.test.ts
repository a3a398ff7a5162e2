import { deepEqual, equal } from 'node:assert/strict'
import { memorySource } from '@kubectl-checkpoint/core/bytes'
import { buildAddressSpace } from '../../../src/checkpoint/process/address-space.ts'
import { readStrings } from '../../../src/checkpoint/process/read-strings.ts'

/** One page of text at 0x1000, and one that isn't in the archive after it. */
function read(text: string, start: bigint, end: bigint) {
  const page = Buffer.alloc(4096)
  page.write(text, 'latin1')
  const runs = [{ address: 0x1000n, pageCount: 1, where: 'present', firstPage: 0 } as const]
  const space = buildAddressSpace({ pagesId: 1, runs, storedPageCount: 1 }, memorySource(page), 'test')
  return readStrings(space, { start, end })
}

describe('readStrings', () => {
  it('splits at NULs, with and without one at the end', async () => {
    deepEqual(await read('ls\0-l\0', 0x1000n, 0x1006n), ['ls', '-l'])
    deepEqual(await read('ls\0-l\0', 0x1000n, 0x1005n), ['ls', '-l'])
  })
  it('reads nothing of an empty range', async () => {
    deepEqual(await read('ls\0', 0x1000n, 0x1000n), [])
  })
  it('marks what is no UTF-8', async () => {
    deepEqual(await read('\xff\0', 0x1000n, 0x1002n), ['\ufffd'])
  })
  it('gives nothing rather than a part', async () => {
    equal(await read('ls\0', 0x1fffn, 0x2001n), undefined)
  })
})
