import assert from 'node:assert/strict'
import { describeDamage } from '../../src/output/damage.ts'

const parts = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    entry: `fs-${index + 1}.img`,
    code: 'BAD_MESSAGE',
    message: '',
  }))

describe('describeDamage', () => {
  it('names what could not be read', () => {
    assert.equal(
      describeDamage('a.tar', parts(1), 80),
      'error: 1 part of a.tar could not be read: fs-1.img (BAD_MESSAGE)\n',
    )
  })
  it('names five, counts the others, and wraps them', () => {
    const text = describeDamage('a.tar', parts(12), 80)
    assert.match(text, /^error: 12 parts of a\.tar .*fs-5\.img\s\(BAD_MESSAGE\), and 7 more\n$/s)
    assert.ok(text.split('\n').every((line) => line.length <= 80))
  })
  it('says nothing of what was merely too large to look through', () => {
    const part = { entry: 'rootfs-diff.tar', code: 'DIFFERENCE_TOO_LARGE', message: '' }
    assert.equal(describeDamage('a.tar', [part], 80), '')
  })
  it('escapes what the archive says', () => {
    const part = { entry: '\x1b[2J.img', code: 'BAD_MESSAGE', message: '' }
    assert.doesNotMatch(describeDamage('a.tar', [part], 80), /\x1b/)
  })
})
