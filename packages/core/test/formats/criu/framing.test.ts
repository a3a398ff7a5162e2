import { deepEqual, throws } from 'node:assert/strict'
import { parseMessages } from '../../../src/formats/criu/framing.ts'
import { craftImage, words } from './craft-image.ts'

const magic = 0x50273030
const service = 0x55105940
const messages = [Buffer.from('one'), Buffer.alloc(0), Buffer.from('three')]
const parse = (bytes: Uint8Array) =>
  [...parseMessages(bytes, magic, 'pstree.img')].map((message) => Buffer.from(message))

describe('parseMessages', () => {
  it('splits an image of today', () => {
    deepEqual(parse(craftImage(magic, messages)), messages)
  })
  it('splits a service image', () => {
    deepEqual(parse(craftImage(magic, messages, service)), messages)
  })
  it('splits an image of old CRIU and inventory.img, which begin with their kind', () => {
    deepEqual(parse(craftImage(magic, messages).subarray(4)), messages)
  })
  it('takes an image without messages', () => {
    deepEqual(parse(craftImage(magic, [])), [])
  })
  it('refuses an image of another kind', () => {
    throws(() => parse(craftImage(0x55053847, messages)), {
      name: 'CriuError',
      code: 'BAD_MAGIC',
      message: 'pstree.img: the magic word is 0x55053847, not 0x50273030',
    })
  })
  it('refuses an image that ends anywhere but after a message', () => {
    const whole = craftImage(magic, messages)
    const ends = new Set([8, 8 + 4 + 3, 8 + 4 + 3 + 4, whole.length])
    for (let length = 0; length < whole.length; length += 1) {
      if (ends.has(length)) continue
      throws(() => parse(whole.subarray(0, length)), { code: 'IMAGE_TRUNCATED' }, `cut at ${length}`)
    }
  })
  it('believes no length', () => {
    throws(() => parse(Buffer.concat([craftImage(magic, []), words(0xffffffff)])), {
      code: 'IMAGE_TRUNCATED',
    })
  })
})
