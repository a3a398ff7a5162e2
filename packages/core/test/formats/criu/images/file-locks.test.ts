import { deepEqual } from 'node:assert/strict'
import { fileLocksImage } from '@kubectl-checkpoint/core/formats/criu'
import { readFromSet } from '../real-images.ts'

describe('fileLocksImage', () => {
  it('tells the four kinds of locks apart', async () => {
    const locks = await readFromSet(fileLocksImage, 'descriptors', 'filelocks.img')
    deepEqual(
      locks.map(({ kind, access, start, length }) => [kind, access, start, length]),
      [
        ['flock', 'read', 0n, 0n],
        ['posix', 'write', 2n, 3n],
        ['open-file', 'read', 0n, 4n],
        ['lease', 'read', 0n, 0n],
      ],
    )
  })
})
