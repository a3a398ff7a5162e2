import { deepEqual } from 'node:assert/strict'
import { seccompImage } from '@kubectl-checkpoint/core/formats/criu'
import { readFromSet } from '../real-images.ts'

describe('seccompImage', () => {
  it('gives filters with the one that was added next', async () => {
    deepEqual(await readFromSet(seccompImage, 'processes', 'seccomp.img'), [
      { instructionCount: 1, flags: 2, ofAllThreads: true },
      { instructionCount: 4, flags: 0, ofAllThreads: true, next: 0 },
    ])
  })
  it('is empty where nothing was filtered', async () => {
    deepEqual(await readFromSet(seccompImage, 'descriptors', 'seccomp.img'), [])
  })
})
