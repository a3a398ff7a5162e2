import { deepEqual, equal, throws } from 'node:assert/strict'
import { type CraftedEntry, craftTarHeader } from '@kubectl-checkpoint/test-support'
import { parseHeader } from '../../../src/formats/tar/header.ts'

const parse = (entry: Partial<CraftedEntry>, size = 0) =>
  parseHeader(craftTarHeader({ name: 'a', ...entry }, size), 'test')

describe('parseHeader', () => {
  it('reads every field', () => {
    deepEqual(
      parse({
        name: 'checkpoint/pages-1.img',
        flag: '2',
        linkName: 'elsewhere',
        edit: (header) => {
          header.set(Buffer.from('0000755\x000001750\x000001751\0'), 100)
          header.set(Buffer.from('00000001750\x0015113246037\0'), 124)
        },
      }),
      {
        name: 'checkpoint/pages-1.img',
        linkName: 'elsewhere',
        flag: '2',
        size: 0o1750,
        mode: 0o755,
        uid: 0o1750,
        gid: 0o1751,
        mtimeSeconds: 0o15113246037,
      },
    )
  })
  it('puts the prefix of ustar before the name', () => {
    const edit = (header: Uint8Array) => header.set(Buffer.from('some/folder'), 345)
    equal(parse({ name: 'file', edit }).name, 'some/folder/file')
  })
  it('takes what GNU and v7 keep in that place for no prefix', () => {
    for (const magic of ['ustar  \0', '\0\0\0\0\0\0\0\0']) {
      const edit = (header: Uint8Array) => {
        header.set(Buffer.from(magic), 257)
        header.set(Buffer.from('15113246037'), 345)
      }
      equal(parse({ name: 'file', edit }).name, 'file')
    }
  })
  it('uses all 100 bytes of a name, and UTF-8', () => {
    equal(parse({ name: 'x'.repeat(100) }).name, 'x'.repeat(100))
    equal(parse({ name: 'größe' }).name, 'größe')
  })
  it('takes the flag NUL for a file', () => {
    equal(parse({ flag: '\0' }).flag, '0')
  })
  it('reads base-256 numbers, negative times included', () => {
    const edit = (header: Uint8Array) => {
      header.set([0x80, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 1], 124)
      header.set([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe], 136)
    }
    const header = parse({ edit })
    equal(header.size, 2 ** 33 + 1)
    equal(header.mtimeSeconds, -2)
  })
  it('reads numbers between spaces, and empty fields as 0', () => {
    const edit = (header: Uint8Array) => {
      header.set(Buffer.from('   644 \0'), 100)
      header.fill(0, 108, 116)
    }
    equal(parse({ edit }).mode, 0o644)
    equal(parse({ edit }).uid, 0)
  })
  it('accepts the checksum of signed bytes', () => {
    const block = craftTarHeader({ name: 'größe' }, 0)
    const sum = block.reduce((total, byte, index) => {
      const counted = index >= 148 && index < 156 ? 0x20 : byte
      return total + (counted > 127 ? counted - 256 : counted)
    }, 0)
    block.set(Buffer.from(`${sum.toString(8).padStart(6, '0')}\0 `), 148)
    equal(parseHeader(block, 'test').name, 'größe')
  })
  it('refuses a wrong checksum', () => {
    const block = craftTarHeader({ name: 'a' }, 0)
    block[0] = 0x62
    throws(() => parseHeader(block, 'test'), { name: 'TarError', code: 'BAD_CHECKSUM' })
  })
  it('refuses sizes that are no number, negative or beyond exact integers', () => {
    const sizes = [
      Buffer.from('0000000009x\0'),
      Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
      Buffer.from([0x80, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]),
    ]
    for (const size of sizes) {
      throws(() => parse({ edit: (header) => header.set(size, 124) }), {
        name: 'TarError',
        code: 'BAD_HEADER',
      })
    }
  })
})
