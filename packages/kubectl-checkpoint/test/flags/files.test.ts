import assert from 'node:assert/strict'
import { type FindFilesFlags, findConditions } from '../../src/flags/files.ts'

const none: FindFilesFlags = {
  name: undefined,
  type: undefined,
  change: undefined,
  size: undefined,
  newer: undefined,
  contains: undefined,
}
const conditions = (flags: Partial<FindFilesFlags>) => findConditions({ ...none, ...flags })

describe('findConditions', () => {
  it('asks for nothing without flags', () => {
    assert.deepEqual(conditions({}), {})
  })
  it('reads types as find(1) has them, and changes by name', () => {
    assert.deepEqual(conditions({ type: 'f,l' }), { types: ['file', 'symlink'] })
    assert.deepEqual(conditions({ change: 'deleted,changed' }), { changes: ['deleted', 'changed'] })
    assert.throws(() => conditions({ type: 'x' }), { code: 'USAGE', message: /^--type: "x" is not known/ })
    assert.throws(() => conditions({ change: 'constructor' }), { code: 'USAGE' })
  })
  for (const [size, compare, bytes] of [
    ['+1M', 'more', 2 ** 20],
    ['-10k', 'less', 10_240],
    ['512', 'equal', 512],
    ['+2G', 'more', 2 ** 31],
  ] as const) {
    it(`reads the size ${size}`, () => {
      assert.deepEqual(conditions({ size }), { size: { compare, bytes } })
    })
  }
  it('reads times with and without a zone', () => {
    assert.deepEqual(conditions({ newer: '2026-11-23T13:00:00+01:00' }), {
      newerThan: new Date('2026-11-23T12:00:00Z'),
    })
    assert.deepEqual(conditions({ newer: '2026-11-23' }), { newerThan: new Date('2026-11-23T00:00:00Z') })
  })
  it('refuses sizes and times that are none', () => {
    for (const size of ['', 'M', '1.5M', '+-1', '1MM']) {
      assert.throws(() => conditions({ size }), { code: 'USAGE' }, size)
    }
    for (const newer of ['yesterday', '2026-13-01', '1', '2026-11-23T99:00']) {
      assert.throws(() => conditions({ newer }), { code: 'USAGE' }, newer)
    }
  })
})
