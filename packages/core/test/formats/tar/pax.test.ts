import { deepEqual, throws } from 'node:assert/strict'
import { craftPax } from '@kubectl-checkpoint/test-support'
import { parsePax } from '../../../src/formats/tar/pax.ts'

const parseText = (text: string) => parsePax(Buffer.from(text), 'test')

describe('parsePax', () => {
  it('reads names, sizes, times and owners, and passes over other keys', () => {
    const records = {
      path: 'größe/file',
      linkpath: 'target',
      size: '10000000000',
      mtime: '1763903479.813537',
      uid: '70000000',
      gid: '0',
      'SCHILY.xattr.security.selinux': 'unconfined_u\0',
    }
    deepEqual(parsePax(craftPax(records), 'test'), {
      path: 'größe/file',
      linkpath: 'target',
      size: 10_000_000_000,
      mtimeSeconds: 1763903479.813537,
      uid: 70_000_000,
      gid: 0,
    })
  })
  it('lets the later record count', () => {
    deepEqual(parseText('9 path=a\n9 path=b\n'), { path: 'b' })
  })
  it('keeps equals signs and line ends in values', () => {
    deepEqual(parsePax(craftPax({ path: 'a=b\nc' }), 'test'), { path: 'a=b\nc' })
  })
  const broken = {
    'no length': 'path=a\n',
    'a length of 0': '0 path=a\n',
    'a signed length': '+9 path=a\n',
    'a length past the end': '11 path=a\n',
    'a length that is too short': '8 path=a\n',
    'no line end': '10 path=ab',
    'no equals sign': '9 path a\n',
    'no key': '6 =ab\n',
    'rubbish after a record': '9 path=a\n\0\0\0',
  }
  for (const [what, text] of Object.entries(broken)) {
    it(`refuses ${what}`, () => {
      throws(() => parseText(text), { name: 'TarError', code: 'BAD_PAX' })
    })
  }
  const impossible: readonly (readonly [key: string, value: string])[] = [
    ['path', ''],
    ['path', 'a\0b'],
    ['linkpath', ''],
    ['size', '0x1'],
    ['size', '-1'],
    ['size', '99999999999999999'],
    ['uid', 'root'],
    ['gid', ''],
    ['mtime', '1e3'],
  ]
  for (const [key, value] of impossible) {
    it(`refuses ${JSON.stringify(value)} for ${key}`, () => {
      throws(() => parsePax(craftPax({ [key]: value }), 'test'), {
        name: 'TarError',
        code: 'BAD_PAX',
        message: `test: ${key} can't be ${JSON.stringify(value)}`,
      })
    })
  }
  it('quotes no more than the beginning of a long value', () => {
    throws(() => parsePax(craftPax({ size: 'x'.repeat(1_000_000) }), 'test'), {
      message: `test: size can't be "${'x'.repeat(299)}…`,
    })
  })
  it('refuses sparse files', () => {
    throws(() => parsePax(craftPax({ 'GNU.sparse.major': '1' }), 'test'), {
      name: 'TarError',
      code: 'SPARSE_UNSUPPORTED',
    })
  })
})
