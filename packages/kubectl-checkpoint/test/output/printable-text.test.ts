import assert from 'node:assert/strict'
import { printableText } from '../../src/output/printable-text.ts'

describe('printableText', () => {
  it('leaves lines and tabs, and shows what a terminal would obey', () => {
    assert.equal(printableText()(Buffer.from('a\tb\n\u001b[2Jc\r\n')), 'a\tb\n\\x1b[2Jc\\r\n')
  })
  it('puts characters together that came in pieces', () => {
    const show = printableText()
    const bytes = Buffer.from('é')
    assert.equal(show(bytes.subarray(0, 1)) + show(bytes.subarray(1)), 'é')
  })
})
