import { deepEqual, equal, rejects } from 'node:assert/strict'
import { memorySource } from '@kubectl-checkpoint/core/bytes'
import { findRawImage, identifyImage, readImageType } from '@kubectl-checkpoint/core/formats/criu'
import { words } from './craft-image.ts'
import { readSet, sets } from './real-images.ts'

describe('identifyImage', () => {
  it('gives the magic word also of a type that is not known', () => {
    deepEqual(identifyImage(words(0x54564319, 0x12345678)), { magic: 0x12345678 })
    equal(identifyImage(words(0x50273030))?.type?.name, 'PSTREE')
  })
  it('gives nothing for a file that is too short to have one', () => {
    for (const bytes of [new Uint8Array(), new Uint8Array(3), words(0x54564319)]) {
      equal(identifyImage(bytes), undefined)
    }
  })
})

describe('readImageType', () => {
  it('says by its magic word and its name what a file is that is no image', async () => {
    await rejects(readImageType(memorySource(words(1, 2, 3), '/tmp/dump/pages-1.img')), {
      code: 'UNKNOWN_IMAGE',
      message: '/tmp/dump/pages-1.img: magic word 0x1, 12 bytes',
      hint: 'By its name it is memory, whose places the page maps tell.',
    })
    await rejects(readImageType(memorySource(new Uint8Array(), 'empty')), {
      message: 'empty: no magic word, 0 bytes',
      hint: 'It is of a newer CRIU, or no image of CRIU at all.',
    })
  })
})

describe('findRawImage', () => {
  it('knows all files among real images that CRIT cannot read', () => {
    const unread = sets.flatMap((set) => readSet(set)).filter(({ recorded }) => !recorded)
    deepEqual(
      unread.map(({ path }) => path.replace(/^.*\//, '')).filter((name) => findRawImage(name) === undefined),
      [],
    )
    equal(unread.length > 20, true)
  })
  it('knows none that is an image', () => {
    const read = sets.flatMap((set) => readSet(set)).filter(({ recorded }) => recorded)
    deepEqual(
      read.map(({ path }) => path.replace(/^.*\//, '')).filter((name) => findRawImage(name)),
      [],
    )
  })
})
